import { useLayoutEffect, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { WebhookPick } from "~/bindings/WebhookPick";

const shownForMs = 30_000;

export interface Reveal {
  /** The value while it is shown; it lives nowhere else. */
  value: string | null;
  error: AppError | null;
  pending: boolean;
  show: () => void;
  hide: () => void;
}

/** Shows a stored secret on request and hides it again: on request, when the window loses focus, or after 30 s. */
export function useReveal(webhook: WebhookPick, path: string, onShown?: () => void): Reveal {
  const backend = useBackend();
  const [value, setValue] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [pending, setPending] = useState(false);

  // Before it is drawn: a secret is never on the screen without what hides it again.
  useLayoutEffect(() => {
    if (value === null) return;
    const hide = () => setValue(null);
    const timer = setTimeout(hide, shownForMs);
    window.addEventListener("blur", hide);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("blur", hide);
    };
  }, [value]);

  const show = () => {
    setPending(true);
    setError(null);
    backend
      .call("webhook_reveal", { webhook, path })
      .then(
        (secret) => {
          setValue(secret);
          onShown?.();
        },
        (thrown: unknown) => setError(toAppError(thrown)),
      )
      .finally(() => setPending(false));
  };
  return { value, error, pending, show, hide: () => setValue(null) };
}
