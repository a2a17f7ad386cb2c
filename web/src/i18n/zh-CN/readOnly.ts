/** On pages that are open by break-glass alone. */
export const read_only = {
  running: '紧急查阅：只读，至 {{at}} 结束；已通知{{hospital}}医务科。',
  over: '紧急查阅已于 {{at}} 结束，请关闭本页；如仍需要，请重新打开。',
  opening: '查看这次紧急查阅',
}
