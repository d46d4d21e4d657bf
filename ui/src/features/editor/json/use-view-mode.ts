import { type RefObject, useCallback, useRef, useState } from "react";
import type { FieldPath } from "~/bindings/FieldPath";
import type { Guard } from "../use-guard";
import type { Problem } from "../form/use-webhook-form";

export type ViewMode = "form" | "json";

/** What the form asks of the text while it is open. */
export type JsonHandle = {
  goToFirst: () => void;
  goTo: (path: FieldPath) => void;
  /** Whether the text forbids a review; then it shows why. */
  stops: () => boolean;
};

/** How the text stands. */
export type JsonReport = {
  /** The form could not take over what it says. */
  hasFaults: boolean;
  /** What forbids a review; each path leads to its place in the text. */
  problems: Problem[];
};

const FINE: JsonReport = { hasFaults: false, problems: [] };

/** A place in the text where a field's path is expected; no field begins like this. */
export const pathOfPlace = (from: number): FieldPath => `@${from}`;

/** The place such a path leads to, if it is one. */
export const placeOfPath = (path: FieldPath): number | null =>
  path.startsWith("@") ? Number(path.slice(1)) : null;

/** Asks before a text that the form could not take over is lost. */
export type TextQuestion = { isLeaving: boolean; answer: (lose: boolean) => void };

export type ViewState = {
  mode: ViewMode;
  handle: RefObject<JsonHandle | null>;
  report: JsonReport;
  onReport: (report: JsonReport) => void;
  /** Asks first when text would be lost. */
  choose: (mode: ViewMode) => void;
  question: TextQuestion | null;
  /** Goes to a field or a problem in the text; false when the form is shown. */
  goTo: (path: FieldPath) => boolean;
  /** Whether the text forbids a review; then it shows why. */
  stops: () => boolean;
  /** Asks before the editor is left with a text that would be lost. */
  mayLose: Guard;
  /** Asks that before the form asks about its changes. */
  register: (guard: Guard | null) => void;
};

/** Whether a webhook is edited as a form or as JSON, and the way from one to the other. */
export function useViewMode(registerGuard: (guard: Guard | null) => void): ViewState {
  const [mode, setMode] = useState<ViewMode>("form");
  const [report, setReport] = useState(FINE);
  const [question, setQuestion] = useState<TextQuestion | null>(null);
  const handle = useRef<JsonHandle>(null);
  const hasFaults = useRef(false);
  const onReport = useCallback((next: JsonReport) => {
    hasFaults.current = next.hasFaults;
    setReport(next);
  }, []);
  const mayLose = useCallback(
    (isLeaving = true): Promise<boolean> =>
      hasFaults.current
        ? new Promise((resolve) => {
            const answer = (lose: boolean) => {
              setQuestion(null);
              resolve(lose);
              if (!lose) handle.current?.goToFirst();
            };
            setQuestion((open) => {
              // A second try while the question is open takes its place; the first one stays.
              open?.answer(false);
              return { isLeaving, answer };
            });
          })
        : Promise.resolve(true),
    [],
  );
  const register = useCallback(
    (guard: Guard | null) => registerGuard(guard && (async () => (await mayLose()) && guard())),
    [registerGuard, mayLose],
  );
  const goTo = useCallback(
    (path: FieldPath) => {
      if (mode === "form" || !handle.current) return false;
      handle.current.goTo(path);
      return true;
    },
    [mode],
  );
  const choose = async (next: ViewMode) => {
    if (next === "form" && !(await mayLose(false))) return;
    setMode(next);
    onReport(FINE);
  };
  return {
    mode,
    handle,
    report,
    onReport,
    choose: (next) => void choose(next),
    question,
    goTo,
    stops: () => mode === "json" && handle.current?.stops() === true,
    mayLose,
    register,
  };
}
