import { useState } from "react";

export interface Copying {
  /** Puts a text on the clipboard; `words` say so afterwards. */
  copy: (text: string, words?: string) => void;
  /** How the last copy went; empty before the first. Belongs into a status. */
  said: string;
  isRefused: boolean;
}

const REFUSED = "Copying was refused. Select the text instead.";

/** Copies texts, and says how that went. */
export function useCopy(): Copying {
  const [said, setSaid] = useState("");
  return {
    copy: (text, words = "Copied") => {
      navigator.clipboard.writeText(text).then(
        () => setSaid(words),
        () => setSaid(REFUSED),
      );
    },
    said,
    isRefused: said === REFUSED,
  };
}
