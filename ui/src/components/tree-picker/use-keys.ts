import { useRef } from "react";

/** How long letters count as one word. */
const TOGETHER_MS = 600;

/** Collects typed letters. Gives the action of a key, or nothing when the key is no letter. */
export function useTypeAhead(find: (typed: string) => void): (key: string) => (() => void) | undefined {
  const typed = useRef({ text: "", at: 0 });
  return (key) => {
    if (key.length !== 1) return undefined;
    return () => {
      const now = Date.now();
      const before = now - typed.current.at < TOGETHER_MS ? typed.current.text : "";
      const letter = key.toLowerCase();
      // The same letter again asks for the next name that begins with it.
      typed.current = { text: before === letter ? letter : before + letter, at: now };
      find(typed.current.text);
    };
  };
}
