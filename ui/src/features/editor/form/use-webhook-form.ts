import { useEffect, useRef, useState } from "react";
import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldError } from "~/bindings/FieldError";
import type { FieldPath } from "~/bindings/FieldPath";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import { afterPointer } from "~/components/after-pointer";
import {
  allFields,
  changedPaths,
  draftOf,
  type FormValue,
  type FormValues,
  isShown,
  withValue,
} from "./form-state";
import { codeProblems } from "./code-problems";
import { allProblems, type CheckContext, fieldProblem, isChanged, lowerFirst } from "./validation";

/** `parts`: what the host refused within the field, each at its own path. */
type ShownError = { message: string; from: "form" | "host"; parts?: FieldError[] };

/** A problem as the summary lists it. */
export type Problem = { path: FieldPath; label: string; section: string; message: string };

/** Words for a screen reader, with a number that tells them from the same words said before. */
export type Said = { words: string; number: number };

/** What a form opens with. */
export type FormStart = {
  /** What changes are counted from. */
  initial: FormValues;
  /** With what was changed earlier. */
  values: FormValues;
  creating: boolean;
};

export type WebhookForm = {
  initial: FormValues;
  values: FormValues;
  /** Problems to show now, in the form's order. */
  problems: Problem[];
  /** What the host refused and no field of the form can show. */
  stray: FieldError[];
  changes: FieldPath[];
  /** The problem found last, or those that held up a review. */
  said: Said | null;
  errorOf: (path: FieldPath) => string | null;
  /** The same, each part of a field at its own path. */
  errorsWithin: (path: FieldPath) => FieldError[];
  set: (path: FieldPath, value: FormValue) => void;
  blur: (path: FieldPath) => void;
  /** The newest values, also between two renders. */
  current: () => FormValues;
  /** Puts other values in the place of all. */
  setAll: (values: FormValues) => void;
  /** Checks every field; the draft when all are right, else the first wrong path. */
  submit: () => Promise<{ draft: WebhookDraft } | { wrong: FieldPath }>;
  /** Puts the host's refusals on their fields, where they stay until the field changes; gives the first. */
  refuse: (errors: FieldError[]) => FieldPath | null;
};

/** The state of one form: values, what was left wrong, and what the host refused. */
export function useWebhookForm(capabilities: Capabilities, start: FormStart): WebhookForm {
  const [{ initial, creating }] = useState(start);
  const [values, setValues] = useState(start.values);
  const [errors, setErrors] = useState<Record<FieldPath, ShownError>>({});
  const [stray, setStray] = useState<FieldError[]>([]);
  const [said, setSaid] = useState<Said | null>(null);
  // A field may be left in the same moment in which it changes, and outlives a render: what it calls then must
  // see the newest values.
  const latest = useRef({ values, errors });
  useEffect(() => {
    latest.current = { values, errors };
  });

  const problems = capabilities.sections.flatMap((section) =>
    section.fields.flatMap((spec) => {
      const error = errors[spec.path];
      const shown = error !== undefined && isShown(spec, values, capabilities);
      return shown
        ? [{ path: spec.path, label: spec.label, section: section.title, message: error.message }]
        : [];
    }),
  );

  const say = (words: string) => setSaid((before) => ({ words, number: (before?.number ?? 0) + 1 }));
  const show = (wrong: Wrong[]) => {
    setErrors(Object.fromEntries(wrong.map(({ path, message }) => [path, { message, from: "form" }])));
    say(summaryWords(capabilities, wrong));
  };

  const drop = (path: FieldPath) => {
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([key]) => key !== path)));
    setStray([]);
  };

  return {
    initial,
    values,
    problems,
    stray,
    said,
    changes: changedPaths(capabilities, initial, values),
    errorOf: (path) => problems.find((problem) => problem.path === path)?.message ?? null,
    errorsWithin: (path) => {
      const shown = problems.find((problem) => problem.path === path);
      return shown ? (errors[path]?.parts ?? [{ path, message: shown.message }]) : [];
    },
    set: (path, value) => {
      const next = withValue(latest.current.values, capabilities, path, value);
      latest.current = { ...latest.current, values: next };
      setValues(next);
      drop(path);
    },
    current: () => latest.current.values,
    setAll: (next) => {
      latest.current = { values: next, errors: {} };
      setValues(next);
      setErrors({});
      setStray([]);
    },
    blur: (path) => {
      // Judged when the press that left the field has done its work: it may have changed what is judged.
      afterPointer(() => {
        const spec = allFields(capabilities).find((field) => field.path === path);
        // Passing through an empty field is no mistake yet; saving it is.
        const now: CheckContext = { capabilities, initial, creating, values: latest.current.values };
        if (!spec || latest.current.errors[path]?.from === "host" || !isChanged(path, now)) return;
        const find = (message: string) => {
          setErrors((before) => ({ ...before, [path]: { message, from: "form" } }));
          say(summaryWords(capabilities, [{ path, message }]));
        };
        const message = fieldProblem(spec, now);
        if (message !== null) {
          find(message);
          return;
        }
        void codeProblems(now, [spec]).then(([wrong]) => {
          const isStill = latest.current.values[path] === now.values[path];
          if (wrong && isStill) find(wrong.message);
        });
      });
    },
    submit: async () => {
      const now: CheckContext = { capabilities, initial, creating, values: latest.current.values };
      const wrong = allProblems(now);
      if (wrong.length > 0) show(wrong);
      const unread = (await codeProblems(now)).filter(({ path }) => !wrong.some((one) => one.path === path));
      if (unread.length > 0) show(inOrder(capabilities, [...wrong, ...unread]));
      const first = inOrder(capabilities, [...wrong, ...unread])[0];
      if (first) return { wrong: first.path };
      return { draft: draftOf(capabilities, initial, now.values, creating) };
    },
    refuse: (refused) => {
      const known = new Map<FieldPath, FieldError[]>();
      const others: FieldError[] = [];
      for (const error of refused) {
        const path = fieldAt(capabilities, values, error.path);
        if (path === null) others.push(error);
        else known.set(path, [...(known.get(path) ?? []), error]);
      }
      const fromHost = [...known].map(([path, parts]): [FieldPath, ShownError] => {
        const message = parts.map((part) => part.message).join(" ");
        return [path, { message, from: "host", parts }];
      });
      setErrors(Object.fromEntries(fromHost));
      setStray(others);
      const shown = fromHost.map(([path, { message }]) => ({ path, message }));
      if (shown.length > 0) say(summaryWords(capabilities, inOrder(capabilities, shown)));
      return allFields(capabilities).find((spec) => known.has(spec.path))?.path ?? null;
    },
  };
}

type Wrong = { path: FieldPath; message: string };

function inOrder(capabilities: Capabilities, wrong: Wrong[]): Wrong[] {
  return allFields(capabilities).flatMap((spec) => wrong.filter(({ path }) => path === spec.path));
}

/** What is wrong as one says it: how many, and where the first is; its field has the words. */
function summaryWords(capabilities: Capabilities, wrong: Wrong[]): string {
  const [first] = wrong;
  const section = capabilities.sections.find(({ fields }) => fields.some(({ path }) => path === first?.path));
  const spec = section?.fields.find(({ path }) => path === first?.path);
  if (!first || !section || !spec) return "";
  const number = wrong.length === 1 ? "1 problem:" : `${wrong.length} problems, first:`;
  return `${number} ${section.title}, ${lowerFirst(spec.label)}`;
}

/** The drawn field a refusal belongs to: the one at its path, or the one it lies within. */
function fieldAt(capabilities: Capabilities, values: FormValues, path: FieldPath): FieldPath | null {
  const drawn = allFields(capabilities).filter((spec) => isShown(spec, values, capabilities));
  const exact = drawn.find((spec) => spec.path === path);
  const around = drawn.find((spec) => path.startsWith(`${spec.path}.`) || path.startsWith(`${spec.path}[`));
  return (exact ?? around)?.path ?? null;
}
