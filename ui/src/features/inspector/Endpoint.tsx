import { useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { Webhook } from "~/bindings/Webhook";
import { cx, ErrorBanner, Icon, IconButton, LinkButton, useToast } from "~/components";
import styles from "./Inspector.module.css";
import { useReveal } from "../secrets";

/** The endpoint's URL with its secret parts masked; copying it copies the whole URL. */
export function Endpoint({ webhook, path }: { webhook: Webhook; path: string }) {
  const backend = useBackend();
  const toast = useToast();
  const [error, setError] = useState<AppError | null>(null);
  const pick = { connection: webhook.connection, id: webhook.id };
  const reveal = useReveal(pick, path);
  const field = webhook.fields[path];
  if (field?.type !== "url") return null;
  const { masked, hasUserinfo, query } = field.value;
  const hidden = hasUserinfo || query.some(({ hasValue }) => hasValue);

  const copy = async () => {
    setError(null);
    try {
      const text = hidden ? await backend.call("webhook_reveal", { webhook: pick, path }) : masked;
      await navigator.clipboard.writeText(text);
      toast({ message: hidden ? "URL copied, with its hidden parts" : "URL copied" });
    } catch (thrown) {
      setError(toAppError(thrown));
    }
  };

  return (
    <div className={cx(styles.endpoint)}>
      <div className={cx(styles.url)}>
        <code>
          <bdi>{reveal.value ?? masked}</bdi>
        </code>
        <IconButton
          icon="copy"
          size="sm"
          label={hidden ? "Copy URL with its hidden parts" : "Copy URL"}
          onPress={() => void copy()}
        />
      </div>
      {hidden && (
        <LinkButton onPress={reveal.value === null ? reveal.show : reveal.hide} isPending={reveal.pending}>
          <Icon name={reveal.value === null ? "eye" : "eye-off"} size={14} />
          {reveal.value === null ? "Show hidden parts" : "Hide"}
        </LinkButton>
      )}
      {(error ?? reveal.error) && <ErrorBanner error={(error ?? reveal.error) as AppError} />}
    </div>
  );
}
