import { useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { WebhookPick } from "~/bindings/WebhookPick";

/** Copies a secret to the clipboard on request, without showing it. */
export function useCopySecret(webhook: WebhookPick, path: string, onCopied: () => void) {
  const backend = useBackend();
  const [error, setError] = useState<AppError | null>(null);
  const [isPending, setPending] = useState(false);
  const copy = async () => {
    setError(null);
    setPending(true);
    try {
      await navigator.clipboard.writeText(await backend.call("webhook_reveal", { webhook, path }));
      onCopied();
    } catch (thrown) {
      setError(toAppError(thrown));
    } finally {
      setPending(false);
    }
  };
  return { copy: () => void copy(), error, isPending };
}
