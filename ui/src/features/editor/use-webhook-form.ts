import { useEffect, useRef, useState } from "react";
import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldError } from "~/bindings/FieldError";
import type { FieldPath } from "~/bindings/FieldPath";
import type { Webhook } from "~/bindings/Webhook";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import { afterPointer } from "~/components/after-pointer";
import {
  allFields,
  changedPaths,
  draftOf,
  type FormValue,
  type FormValues,
  initialValues,
  isShown,
  withValue,
} from "./form-state";
import { allProblems, fieldProblem, isChanged } from "./validation";

type ShownError = { message: string; from: "form" | "host" };

/** A problem as the summary lists it. */
export type Problem = { path: FieldPath; label: string; section: string; message: string };

export type WebhookForm = {
  initial: FormValues;
  values: FormValues;
  /** Problems to show now, in the form's order. */
  problems: Problem[];
  /** What the host refused and no field of the form can show. */
  stray: FieldError[];
  changes: FieldPath[];
  errorOf: (path: FieldPath) => string | null;
  set: (path: FieldPath, value: FormValue) => void;
  blur: (path: FieldPath) => void;
  /** Checks every field; the draft when all are right, else the first wrong path. */
  submit: () => { draft: WebhookDraft } | { wrong: FieldPath };
  /** Puts the host's refusals on their fields, where they stay until the field changes; gives the first. */
  refuse: (errors: FieldError[]) => FieldPath | null;
};

/** The state of one form: values, what was left wrong, and what the host refused. */
export function useWebhookForm(capabilities: Capabilities, webhook: Webhook | null): WebhookForm {
  const [initial] = useState(() => initialValues(capabilities, webhook));
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Record<FieldPath, ShownError>>({});
  const [stray, setStray] = useState<FieldError[]>([]);
  const creating = webhook === null;
  const context = { capabilities, initial, values, creating };
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

  const drop = (path: FieldPath) => {
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([key]) => key !== path)));
    setStray([]);
  };

  return {
    initial,
    values,
    problems,
    stray,
    changes: changedPaths(capabilities, initial, values),
    errorOf: (path) => problems.find((problem) => problem.path === path)?.message ?? null,
    set: (path, value) => {
      const next = withValue(latest.current.values, capabilities, path, value);
      latest.current = { ...latest.current, values: next };
      setValues(next);
      drop(path);
    },
    blur: (path) => {
      // Judged when the press that left the field has done its work: it may have changed what is judged.
      afterPointer(() => {
        const spec = allFields(capabilities).find((field) => field.path === path);
        // Passing through an empty field is no mistake yet; saving it is.
        const now = { capabilities, initial, creating, values: latest.current.values };
        if (!spec || latest.current.errors[path]?.from === "host" || !isChanged(path, now)) return;
        const message = fieldProblem(spec, now);
        if (message !== null) setErrors((before) => ({ ...before, [path]: { message, from: "form" } }));
      });
    },
    submit: () => {
      const wrong = allProblems(context);
      const first = wrong[0];
      if (!first) return { draft: draftOf(capabilities, initial, values, creating) };
      setErrors(Object.fromEntries(wrong.map(({ path, message }) => [path, { message, from: "form" }])));
      return { wrong: first.path };
    },
    refuse: (refused) => {
      const known = new Map<FieldPath, string>();
      const others: FieldError[] = [];
      for (const error of refused) {
        const path = fieldAt(capabilities, values, error.path);
        if (path === null) others.push(error);
        else known.set(path, [known.get(path), error.message].filter(Boolean).join(" "));
      }
      setErrors(Object.fromEntries([...known].map(([path, message]) => [path, { message, from: "host" }])));
      setStray(others);
      return allFields(capabilities).find((spec) => known.has(spec.path))?.path ?? null;
    },
  };
}

/** The drawn field a refusal belongs to: the one at its path, or the one it lies within. */
function fieldAt(capabilities: Capabilities, values: FormValues, path: FieldPath): FieldPath | null {
  const drawn = allFields(capabilities).filter((spec) => isShown(spec, values, capabilities));
  const exact = drawn.find((spec) => spec.path === path);
  const around = drawn.find((spec) => path.startsWith(`${spec.path}.`) || path.startsWith(`${spec.path}[`));
  return (exact ?? around)?.path ?? null;
}
