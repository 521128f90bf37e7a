import { useEffect, useRef } from "preact/hooks";

/** HTML that the build made of a page of the repository. Nothing of a reader's is in it. */
export function Html({ html }: { readonly html: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const wide = host.current?.querySelectorAll<HTMLElement>("math[display=block], .scrolled, pre") ?? [];
    if (wide.length === 0) return;
    // What is wider than its place is scrolled, and so has to be reached by keyboard.
    const watching = new ResizeObserver(() => {
      for (const element of wide) {
        if (element.scrollWidth > element.clientWidth) element.setAttribute("tabindex", "0");
        else element.removeAttribute("tabindex");
      }
    });
    if (host.current) watching.observe(host.current);
    return () => watching.disconnect();
  }, [html]);
  return <div ref={host} class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
