/** The images of a reading in a window of their own. */
export const reading_screen = {
  apart: '影像在独立窗口',
  sharp: '影像已全部清晰',
  reading: '影像正在读取，清晰后可提交',
  not_yet: '独立窗口还没有显示这位患者的影像',
  back: '放回本页',
  to_report: '放回报告页',
  focus: '转到影像',
  blocked:
    '浏览器拦截了影像窗口。请点地址栏右侧的拦截图标，允许本站弹出窗口，再按一次「独立窗口」（Alt W）。',
  keys: {
    back: '影像放回报告页，或移到独立窗口',
    template: '套用模板',
    phrases: '常用语',
    slot: '下一处选填',
    submit: '提交审核',
    next: '取下一份（本份完成后）',
    help: '快捷键',
  },
  keys_there: '看片的快捷键：在影像窗口按 ?',
  nothing: {
    none: '没有打开的阅片',
    waiting: '正在等待报告页',
    alone: '请从阅片页打开这个窗口',
    stranger: '登录的人已变，影像已关闭',
    ended: '登录已结束，影像已关闭',
    gone: '这份阅片不再对您开放，影像已关闭',
  },
  nothing_hint: {
    none: '在报告页打开一份阅片，影像就显示在这里。',
    waiting: '报告页正在刷新，或已离开阅片；重新打开后影像回到这里。',
    alone: '打开一份阅片，按「独立窗口」（Alt W），影像就显示在这里。',
    stranger: '请关闭这个窗口，在阅片页重新打开。',
    ended: '请重新登录。',
    gone: '分院已撤回申请，或查阅期限已过。',
  },
}
