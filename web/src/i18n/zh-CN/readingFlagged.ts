/** What became of the images since a report was written. */
export const reading_flagged = {
  came_writing_other: '书写后又到了 {{count}} 幅影像，请看过后再提交。',
  came_review_other: '提交后又到了 {{count}} 幅影像，请看过后再发布。',
  came_issued_other:
    '报告发布后又到了 {{count}} 幅影像，本报告不含这些影像；请阅片医师查看并补充。',
  images_gone: '经核对，这项检查已不再归属该患者，影像不再显示。',
  consent_withdrawn: '知情同意已撤回',
  flagged: {
    recalled: '撤销：影像已不再归属该患者，本报告及其补充不得作为诊疗依据。',
    reinstated: '影像曾撤回，经核对确属该患者，报告恢复有效。',
    grown: '影像增加说明已附在报告之前打印。',
  },
}
