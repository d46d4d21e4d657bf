import { useEffect, useEffectEvent, useRef } from "react";
import { useBackend } from "~/app/backend-context";
import type { Capabilities } from "~/bindings/Capabilities";
import type { DraftRequest } from "~/bindings/DraftRequest";
import type { JsonValue } from "~/bindings/serde_json/JsonValue";
import type { WebhookId } from "~/bindings/WebhookId";
import type { FormValues } from "../form/form-state";
import { keptForm } from "./kept-values";

/** How long after the last change it is kept. */
const delayMs = 400;

export interface DraftKeeping {
  /** Keeps what is not kept yet. Rejects when it could not be. */
  keep: () => Promise<void>;
  /** Forgets what is kept: it was saved, or is thrown away. Nothing is kept after that. */
  finish: () => void;
}

type Options = {
  request: DraftRequest;
  capabilities: Capabilities;
  initial: FormValues;
  values: FormValues;
  /** The webhook a new one is made from. */
  source: WebhookId | null;
  /** Something is kept already. */
  isKept: boolean;
  /** Nothing can be changed here. */
  isOff: boolean;
};

/** Keeps what was changed in a form, so that closing the window does not lose it. */
export function useDraftKeeping(options: Options): DraftKeeping {
  const { request, values, isKept, isOff } = options;
  const backend = useBackend();
  const state = useRef({
    isKept,
    seen: values,
    isDirty: false,
    isOver: isOff,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
    // One call after the other: what was kept last must be what stays.
    last: Promise.resolve<unknown>(undefined),
  });
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const send = (call: () => Promise<null>) => {
    const own = state.current.last.catch(() => undefined).then(call);
    state.current.last = own;
    return own;
  };
  const keep = async (): Promise<void> => {
    const now = state.current;
    clearTimeout(now.timer);
    if (now.isOver || !now.isDirty) {
      await now.last;
      return;
    }
    now.isDirty = false;
    const { capabilities, initial, values: current, source } = latest.current;
    const form = keptForm(capabilities, initial, current, source);
    if (form === null && !now.isKept) return;
    now.isKept = form !== null;
    try {
      if (form === null) await send(() => backend.call("draft_discard", request));
      else await send(() => backend.call("draft_keep", { ...request, form: form as JsonValue }));
    } catch (thrown) {
      // It is tried again with the next change, or when the form is left.
      now.isDirty = true;
      throw thrown;
    }
  };
  const keepQuietly = useEffectEvent(() => void keep().catch(() => undefined));

  useEffect(() => {
    const now = state.current;
    if (now.isOver || now.seen === values) return;
    now.seen = values;
    now.isDirty = true;
    clearTimeout(now.timer);
    now.timer = setTimeout(() => keepQuietly(), delayMs);
  }, [values]);

  useEffect(() => {
    const onHidden = () => document.visibilityState === "hidden" && keepQuietly();
    const onLeft = () => keepQuietly();
    document.addEventListener("visibilitychange", onHidden);
    document.addEventListener("focusout", onLeft);
    window.addEventListener("blur", onLeft);
    window.addEventListener("pagehide", onLeft);
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      document.removeEventListener("focusout", onLeft);
      window.removeEventListener("blur", onLeft);
      window.removeEventListener("pagehide", onLeft);
    };
  }, []);
  // Whatever takes the form away, what is in it is kept.
  const leaving = useRef(keep);
  useEffect(() => {
    leaving.current = keep;
  });
  useEffect(() => () => void leaving.current().catch(() => undefined), []);

  return {
    keep,
    finish: () => {
      const now = state.current;
      clearTimeout(now.timer);
      if (now.isOver) return;
      now.isOver = true;
      if (now.isKept) send(() => backend.call("draft_discard", request)).catch(() => undefined);
    },
  };
}
