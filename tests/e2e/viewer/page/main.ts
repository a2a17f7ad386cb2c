/** A page with one viewer and nothing else, driven by the browser test through `window.it`; one test after another
 *  has its own viewer in it. */
import { Controls } from '../../../../web/src/viewer/controls'
import { seriesOf } from '../../../../web/src/viewer/dicom/archive'
import { presentationsIn } from '../../../../web/src/viewer/presentation/read'
import { Source } from '../../../../web/src/viewer/source'
import type { Place, StudyRef, ViewState } from '../../../../web/src/viewer/types'
import { Viewer } from '../../../../web/src/viewer/viewer'
import type { Words } from '../../../../web/src/viewer/words'

const words: Words = {
  language: 'zh-CN',
  sex: { M: '男', F: '女', O: '其他' },
  years: (n) => `${n} 岁`,
  months: (n) => `${n} 个月`,
  days: (n) => `${n} 天`,
  daysAgo: (n) => `${n} 天前的检查`,
  prior: '既往',
  side: { R: '右侧', L: '左侧', B: '双侧' },
  direction: { axial: '轴位', coronal: '冠状位', sagittal: '矢状位' },
  thickness: (mm) => `层厚 ${mm} mm`,
  slice: (n, count) => `层面 ${n} / ${count}`,
  frame: (n, count) => `帧 ${n} / ${count}`,
  incomplete: (here, expected) => `影像不全 ${here} / ${expected}`,
  position: (mm) => `床位 ${mm} mm`,
  zoom: (factor) => `缩放 ${factor} ×`,
  unknownOrientation: '方位未知',
  preview: '预览，不可用于诊断',
  flipped: '已镜像',
  flippedOver: '已上下镜像',
  inverted: '已反相',
  cine: (rate, own) => `播放 ${rate} ${own ? '文件' : '默认'}`,
  turned: (degrees) => `已旋转 ${degrees}°`,
  lossy: '有损压缩',
  opening: '正在打开',
  loading: '载入中',
  failed: '无法显示',
  gone: '已不可查看',
  unshown: '未予显示',
  byArchive: '由影像归档绘制',
  overlaysHidden: '叠加层已隐藏',
  marksHidden: '标注已隐藏',
  noPresentation: '没有读到显示状态',
  presented: (name, altered) => `显示状态：${name}${altered ? '（已改动）' : ''}`,
  notPresented: (name) => `不涉及：${name}`,
  refusedPresentation: (name, why) => `无法应用：${name}：${why}`,
  retry: '重试',
  empty: '请选择序列',
  noPixels: '没有图像',
  notSamePatient: '影像患者与本页患者不一致',
  differs: { name: '姓名', sex: '性别', birthDate: '出生日期', number: '编号' },
  basis: {
    patient: '',
    calibrated: '已校正',
    detector: '探测器平面, 未校正',
    unknown: '校正情况未知',
    ultrasound: '超声标定',
    none: '像素, 无标定',
  },
  measure: {
    stored: '存储值',
    mean: (mean, sd) => `均值 ${mean} 标准差 ${sd}`,
    range: (min, max) => `最小 ${min} 最大 ${max}`,
    area: (area) => `面积 ${area}`,
    pixels: (n) => `${n} 像素`,
    crossed: '自相交',
    padding: '填充区',
    noValues: '无数值',
    noSuv: { corrections: '未校正', weight: '缺体重', dose: '缺剂量', time: '时间不明' },
    wait: '预览不能测量',
    next: { point: '定下一点', line: '再拖一条线', close: '回起点结束' },
    note: '箭头说明',
  },
  kind: {
    length: '长度',
    probe: '点',
    ellipse: '椭圆区',
    rectangle: '矩形区',
    polygon: '轮廓',
    angle: '角度',
    cobb: 'Cobb 角',
    arrow: '箭头',
  },
  spoken: {
    full: '完整画质',
    marks: (n) => `标注 ${n} 个`,
    mark: (kind, figures, by) => `${kind} ${figures}（${by}）`,
    own: '本人',
  },
  stage: '影像视图',
  scrollbar: '拖动翻层',
  colon: '：',
  comma: '，',
}

const host = document.getElementById('host') as HTMLElement
let it = begun()

/** A viewer that knows nothing of any before it, but works with the same decoding workers. */
function begun() {
  const views: ViewState[] = []
  const pointers: (Place | null)[] = []
  const source = new Source()
  const viewer = new Viewer(host, { words, source, onView: (state) => views.push(state) })
  const controls = new Controls(viewer, { onPointer: (place) => pointers.push(place) })
  return { views, pointers, source, viewer, controls }
}

declare global {
  interface Window {
    it: unknown
  }
}
window.it = {
  get viewer() {
    return it.viewer
  },
  get controls() {
    return it.controls
  },
  get views() {
    return it.views
  },
  get pointers() {
    return it.pointers
  },
  /** Ends this viewer and begins the next test's. */
  next: () => {
    const workers = new Source() // the decoding workers end with the last source
    it.controls.dispose()
    it.viewer.dispose()
    it = begun()
    workers.dispose()
  },
  seriesOf: (study: StudyRef) => seriesOf(study, null),
  /** Reads the presentation states of a series and offers them to the viewer; with why they are refused, if so. */
  offer: async (study: StudyRef, series: string) => {
    const found = await presentationsIn(study, series, null)
    it.viewer.presentations.offer(found)
    return found.map(({ name, refused }) => [name, refused])
  },
  /** The grey of the canvas at a point of the stage, in CSS pixels. */
  grey: (x: number, y: number) => {
    const { canvas } = it.viewer.screen.overlay
    const ratio = canvas.width / canvas.clientWidth
    return canvas.getContext('2d')?.getImageData(x * ratio, y * ratio, 1, 1).data[0] ?? -1
  },
  /** Where a frame stands among those of its series, which lie by their place in the patient. */
  placeOfFrame: async (study: StudyRef, series: string, number: number) =>
    (await it.source.catalog.stack(study, series)).frames.findIndex(
      (frame) => frame.number === number,
    ),
  /** The painted image in its own pixels, before the browser scales and smooths it to the stage: rows, columns and
   *  their RGBA in base64. */
  pixels: () => {
    const { sheet } = it.viewer.screen.painter
    const { data } = (sheet.getContext('2d') as CanvasRenderingContext2D).getImageData(
      0,
      0,
      sheet.width,
      sheet.height,
    )
    let binary = ''
    for (let at = 0; at < data.length; at += 0x8000) {
      binary += String.fromCharCode(...data.subarray(at, at + 0x8000))
    }
    return [sheet.height, sheet.width, btoa(binary)]
  },
  /** How many different colours stand on the canvas: one would be a blank. */
  colours: () => {
    const { canvas } = it.viewer.screen.overlay
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
    return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size
  },
}
