/** The groups of the side bar, each with its entries. Links are addresses of the site. */
export function sideBar(docs: string): { text: string; collapsed?: boolean; items: { text: string; link: string }[] }[];
