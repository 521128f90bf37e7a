/** Lecture: the chapters, with their programs running and their claims measured. */

import { chapters } from "virtual:learn/chapters";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Part } from "../../../pages/chapters.js";
import { Contents } from "../contents.js";
import { Html } from "../html.js";
import { runCell, trouble } from "../teacher.js";
import "../learn.css";
import { Claims, TONES } from "./claims.js";
import { Program } from "./program.js";
import { chapterNumber, openChapter } from "./state.js";

export function LectureRoom() {
  const number = chapterNumber.value;
  const chapter = chapters.find((one) => one.number === number) ?? chapters[0];
  return (
    <div class="lesson-page">
      <ChapterList />
      <Chapter key={chapter.number} chapter={chapter} />
    </div>
  );
}

function ChapterList() {
  const entries = chapters.map(({ number, title, verdicts }) => (
    <li key={number}>
      <button
        type="button"
        aria-current={number === chapterNumber.value ? "page" : undefined}
        onClick={() => openChapter(number)}
      >
        <span>{`${number}. ${title}`}</span>
        <Verdicts verdicts={verdicts} />
      </button>
    </li>
  ));
  return (
    <Contents name="Chapters">
      <ol>{entries}</ol>
      <p class="quiet-text">
        A dot is a claim: it <span class="claim-dot good" /> holds, <span class="claim-dot perhaps" /> holds if a
        condition is added, or <span class="claim-dot bad" /> does not hold.
      </p>
    </Contents>
  );
}

function Verdicts({ verdicts }: { readonly verdicts: readonly string[] }) {
  const label = Object.keys(TONES)
    .map((verdict) => [verdicts.filter((one) => one === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${verdict}`)
    .join(", ");
  return (
    <span class="claim-dots" role="img" aria-label={`Claims: ${label || "none"}`} title={label}>
      {verdicts.map((verdict, i) => (
        <span key={i} class={`claim-dot ${TONES[verdict]}`} />
      ))}
    </span>
  );
}

function Chapter({ chapter: { number, title, load } }: { readonly chapter: (typeof chapters)[number] }) {
  const parts = useSignal<readonly Part[] | undefined>(undefined);
  const failed = useSignal(false);
  const text = useRef<HTMLElement>(null);
  useEffect(() => {
    load().then(
      (loaded) => (parts.value = loaded.parts),
      () => (failed.value = true),
    );
  }, [load]);
  useEffect(() => {
    // Links are in HTML of the build, so one listener for all of them stands here.
    const follow = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-chapter]") : null;
      if (link === null) return;
      event.preventDefault();
      openChapter(Number(link.dataset.chapter));
    };
    const article = text.current;
    article?.addEventListener("click", follow);
    return () => article?.removeEventListener("click", follow);
  }, []);
  const last = chapters.at(-1)?.number ?? 1;
  return (
    <article class="chapter" ref={text} aria-label={title}>
      <h2>{`${number}. ${title}`}</h2>
      {trouble.value !== undefined && (
        <p class="trouble" role="alert">
          {trouble.value}
        </p>
      )}
      {failed.value && <p class="trouble">The chapter could not be loaded. Is there a connection?</p>}
      {parts.value?.map((part, i) => (
        <OnePart key={i} part={part} />
      ))}
      <div class="actions turn">
        {number > 1 && (
          <button type="button" onClick={() => openChapter(number - 1)}>
            {`← ${titleOf(number - 1)}`}
          </button>
        )}
        {number < last && (
          <button type="button" class="primary" onClick={() => openChapter(number + 1)}>
            {`${titleOf(number + 1)} →`}
          </button>
        )}
      </div>
    </article>
  );
}

function titleOf(number: number): string {
  return chapters.find((one) => one.number === number)?.title ?? "";
}

function OnePart({ part }: { readonly part: Part }) {
  switch (part.kind) {
    case "text":
      return <Html html={part.html} />;
    case "cell":
      return (
        <Program
          name={`Program ${part.id.replace("-", ".")}`}
          code={part.code}
          output={part.output}
          run={(print) => runCell(part.id, print)}
        />
      );
    case "claims":
      return <Claims claims={part.claims} />;
  }
}
