import { useEffect, useState } from "react";

/** Long enough that a word being typed is not read out letter by letter. */
const PAUSE_MS = 400;

/** Tells a screen reader politely what words became, once they stay; not how they were at first. */
export function Said({ words }: { words: string }) {
  const [first] = useState(words);
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(
      () => setSaid((before) => (before === null && words === first ? null : words)),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [words, first]);
  return (
    <span role="status" className="visually-hidden">
      {said}
    </span>
  );
}
