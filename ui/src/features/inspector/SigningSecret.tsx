import { useQuery } from "@tanstack/react-query";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { Signing } from "~/bindings/Signing";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { cx, ErrorBanner } from "~/components";
import { OneTimeSecretLine } from "../secrets";
import styles from "./Inspector.module.css";

type Props = { pick: WebhookPick; signing: Extract<Signing, { type: "secretShownOnce" }> };

/** The secret the vendor signs with, as far as Tacklebox kept it when it was told. */
export function SigningSecret({ pick, signing }: Props) {
  const backend = useBackend();
  // What comes back says where a secret is; the secret itself is asked for by Copy and Reveal alone.
  const kept = useQuery({
    queryKey: ["kept-secrets", pick.connection, pick.id],
    queryFn: () => backend.call("webhook_secrets", pick),
    staleTime: 0,
    gcTime: 0,
  });
  if (kept.error) {
    return <ErrorBanner error={toAppError(kept.error)} onRetry={() => void kept.refetch()} />;
  }
  if (!kept.data) return null;
  if (!kept.data.some(({ path }) => path === signing.path)) {
    return (
      <p className={cx(styles.note)}>
        It was shown once, when the webhook was created. Tacklebox does not have it.
      </p>
    );
  }
  return (
    <div className={cx(styles.secrets)}>
      {kept.data.map((secret) => (
        <OneTimeSecretLine key={secret.path} secret={secret} />
      ))}
    </div>
  );
}
