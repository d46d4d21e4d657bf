import type { ReactNode } from "react";
import type { Shown } from "~/bindings/Shown";
import { cx, Icon } from "~/components";
import { DOTS } from "~/components/editing";
import { diffLines } from "./line-diff";
import styles from "./ShownValue.module.css";

type Props = {
  value: Shown;
  /** The other side of the difference, so that what differs stands out. */
  other?: Shown | undefined;
  /** Which side this is. */
  side?: "before" | "after";
};

/** A value as a review shows it; everything a provider gave is text. */
export function ShownValue({ value, other, side = "after" }: Props): ReactNode {
  switch (value.type) {
    case "nothing":
      return <span className={styles.nothing}>Not set</span>;
    case "secret":
      return (
        <span>
          <span aria-hidden="true" className={styles.dots}>
            {DOTS}
          </span>{" "}
          {value.words}
        </span>
      );
    case "text": {
      const against = other?.type === "text" ? other.text : undefined;
      return value.text.includes("\n") || against?.includes("\n") ? (
        <Lines text={value.text} other={against} side={side} />
      ) : (
        <TextValue text={value.text} other={against} />
      );
    }
    case "list":
      return (
        <ListValue items={value.items} other={other?.type === "list" ? other.items : undefined} side={side} />
      );
  }
}

function TextValue({ text, other }: { text: string; other: string | undefined }) {
  if (text === "") return <span className={styles.nothing}>Empty</span>;
  const parts = other === undefined ? null : differing(text, other);
  // Marking part of a word such as "Off" would only confuse; what is wholly different needs no mark.
  const isClose = parts !== null && parts[0].length + parts[2].length >= 6;
  const [start, middle, end] = isClose ? parts : [text, "", ""];
  return (
    <bdi className={cx(styles.text, text.includes("://") && styles.code)}>
      {start}
      {middle !== "" && <b>{middle}</b>}
      {end}
    </bdi>
  );
}

/** Several lines, such as code: those that differ are marked, what is alike around them is left out. */
function Lines({ text, other, side }: { text: string; other: string | undefined; side: "before" | "after" }) {
  if (text === "") return <span className={styles.nothing}>Empty</span>;
  const lines =
    other === undefined
      ? text.split("\n").map((line) => ({ type: "alike", text: line }) as const)
      : diffLines(text, other);
  return (
    <ol className={styles.lines} data-side={side}>
      {lines.map((line, at) => (
        // A line has no identity but its place.
        <li key={at} data-type={line.type}>
          {line.type === "gap" ? (
            `${line.lines} lines alike`
          ) : (
            <>
              {line.type === "differs" && (
                <span className="visually-hidden">{side === "after" ? "added: " : "removed: "}</span>
              )}
              <bdi>{line.text === "" ? " " : line.text}</bdi>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Splits a text into what it shares with the other at its start, what differs, and what it shares at its end. */
export function differing(text: string, other: string): [string, string, string] {
  const own = Array.from(text);
  const theirs = Array.from(other);
  const most = Math.min(own.length, theirs.length);
  let start = 0;
  while (start < most && own[start] === theirs[start]) start += 1;
  let end = 0;
  while (end < most - start && own[own.length - 1 - end] === theirs[theirs.length - 1 - end]) end += 1;
  const to = own.length - end;
  return [own.slice(0, start).join(""), own.slice(start, to).join(""), own.slice(to).join("")];
}

/** Long texts, and names with values, read better one below the other. */
function isLong(item: string): boolean {
  return item.length > 40 || item.includes(": ");
}

type ListProps = { items: string[]; other: string[] | undefined; side: "before" | "after" };

function ListValue({ items, other, side }: ListProps) {
  if (items.length === 0) return <span className={styles.nothing}>None</span>;
  // What says how the others go together stays above them.
  const hasHead = items[0]?.endsWith(":") ?? false;
  const head = hasHead ? items.slice(0, 1) : [];
  const first = split(head, other);
  const rest = split(hasHead ? items.slice(1) : items, other);
  const word = side === "after" ? "added" : "removed";
  return (
    <ul className={styles.list} data-tall={items.some(isLong) || undefined}>
      {[...first, ...rest].map(({ item, isAlike }, at) =>
        // The same item may stand there twice.
        isAlike ? (
          <li key={at}>
            <bdi>{item}</bdi>
          </li>
        ) : (
          <li key={at} className={styles.differs} data-side={side}>
            <Icon name={side === "after" ? "plus" : "minus"} size={12} />
            <span className="visually-hidden">{word}: </span>
            <bdi>{item}</bdi>
          </li>
        ),
      )}
    </ul>
  );
}

/** What differs first, then what the other side has as well, as often as it has it. */
function split(items: string[], other: string[] | undefined): { item: string; isAlike: boolean }[] {
  const left = new Map<string, number>();
  for (const item of other ?? []) left.set(item, (left.get(item) ?? 0) + 1);
  const marked = items.map((item) => {
    const times = left.get(item) ?? 0;
    left.set(item, times - 1);
    return { item, isAlike: other === undefined || times > 0 };
  });
  return marked.toSorted((a, b) => Number(a.isAlike) - Number(b.isAlike));
}
