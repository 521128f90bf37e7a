/** An SVG in a page inherits no text colour, so it follows the light or dark setting of the reader's system. */
export function adaptable(svg) {
  const style = "<style>svg{color:#1f2328}@media(prefers-color-scheme:dark){svg{color:#d1d7e0}}</style>";
  return svg.replace(/<svg[^>]*>/, (tag) => tag + style);
}
