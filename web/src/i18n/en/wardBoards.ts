/** The boards of one's wards on the home page. */
export const ward_boards = { title: 'Ward boards', round: 'Round {{at}}, led by {{lead}}' }
