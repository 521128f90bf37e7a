import { PlainView } from "./plain-view.js";
import type { Colours } from "./colour.js";
import type { Output } from "./view.js";
export class LiveView extends PlainView {
  constructor(o: Output, c: Colours) {
    super(o);
    void c;
  }
}
