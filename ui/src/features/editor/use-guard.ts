import { useEffect, useRef, useState } from "react";

export type Guard = () => Promise<boolean>;

export type LeaveQuestion = { answer: (leave: boolean) => void };

/** Asks before unsaved changes are left behind. `question` is there while the user has to answer. */
export function useGuard(
  hasChanges: boolean,
  register: (guard: Guard | null) => void,
): { question: LeaveQuestion | null; mayLeave: Guard; release: () => void } {
  const [question, setQuestion] = useState<LeaveQuestion | null>(null);
  const state = useRef({ hasChanges, released: false });
  useEffect(() => {
    state.current.hasChanges = hasChanges;
  });

  const [mayLeave] = useState((): Guard => () => {
    if (!state.current.hasChanges || state.current.released) return Promise.resolve(true);
    return new Promise((resolve) => {
      setQuestion((open) => {
        // A second try while the question is open takes its place; the first one stays.
        open?.answer(false);
        return {
          answer: (leave) => {
            if (leave) state.current.released = true;
            setQuestion(null);
            resolve(leave);
          },
        };
      });
    });
  });

  useEffect(() => {
    register(mayLeave);
    return () => register(null);
  }, [register, mayLeave]);

  const release = () => {
    state.current.released = true;
  };
  return { question, mayLeave, release };
}
