/** 首页上本院的查房板。 */
export const ward_boards = { title: '病区查房板', round: '查房 {{at}}，主查 {{lead}}' }
