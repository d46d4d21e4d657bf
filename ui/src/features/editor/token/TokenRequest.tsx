import { useId } from "react";
import type { Connection } from "~/bindings/Connection";
import type { Offer } from "~/bindings/Offer";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { TokenRequestSpec } from "~/bindings/TokenRequestSpec";
import type { Webhook } from "~/bindings/Webhook";
import { Button, cx, FormRow, Icon } from "~/components";
import fieldStyles from "../fields/Field.module.css";
import { holds } from "../form/form-state";
import type { WebhookForm } from "../form/use-webhook-form";
import { hereReason, isSameRequest, tokenDraft, type TokenValues, tokenValues } from "./token-fields";
import styles from "./TokenRequest.module.css";
import { TokenResult } from "./TokenResult";
import { useTokenTrial } from "./use-token-trial";

type Props = {
  form: WebhookForm;
  offer: Offer;
  webhook: Webhook | null;
  /** The webhook a new one is made from: what Keep refers to. */
  source: Webhook | null;
  connection: Connection;
  provider: ProviderInfo;
};

/** Tries the settings of a token request alone, while the form has them. */
export function TokenRequest(props: Props) {
  const spec = props.offer.capabilities.tokenRequest;
  return spec && holds(spec.when, props.form.values) ? <Trial {...props} spec={spec} /> : null;
}

function Trial({
  form,
  offer,
  webhook,
  source,
  connection,
  provider,
  spec,
}: Props & { spec: TokenRequestSpec }) {
  const id = useId();
  const trial = useTokenTrial<TokenValues>();
  const values = tokenValues(spec, form.values);
  const here = hereReason(offer, spec, form.initial, form.values, provider.name);
  const canAsk = webhook !== null && offer.capabilities.serverTests.includes("oAuth");
  const isStored = isSameRequest(values, tokenValues(spec, form.initial));
  const vendor = isStored ? null : `${provider.name} asks with what it has stored: save the changes first.`;
  const stored = webhook ?? source;
  const isRunning = trial.running !== null;

  const tryHere = () => {
    const pick = { connection: connection.id, id: stored?.id ?? "" };
    trial.tryHere(pick, tokenDraft(spec, form.values), stored !== null, values);
  };
  const reasons = [here, canAsk ? vendor : null].filter((reason) => reason !== null);
  return (
    <div className={cx(fieldStyles.field, fieldStyles.nested)}>
      <FormRow label="Token request" help={spec.open} error={null} id={id}>
        <div className={styles.row}>
          <Button
            isDisabled={here !== null || trial.running === "vendor"}
            isPending={trial.running === "here"}
            {...(here === null ? {} : { "aria-describedby": `${id}-here` })}
            onPress={tryHere}
          >
            <Icon name="key" /> Try from this computer
          </Button>
          {canAsk && (
            <Button
              isDisabled={vendor !== null || trial.running === "here"}
              isPending={trial.running === "vendor"}
              {...(vendor === null ? {} : { "aria-describedby": `${id}-vendor` })}
              onPress={() => trial.askVendor({ connection: connection.id, id: webhook.id }, values)}
            >
              Ask {provider.name}
            </Button>
          )}
          {isRunning && (
            <Button variant="ghost" onPress={trial.stop}>
              Cancel
            </Button>
          )}
        </div>
        {reasons.length > 0 && (
          <div className={styles.reasons}>
            {here !== null && <p id={`${id}-here`}>{here}</p>}
            {canAsk && vendor !== null && <p id={`${id}-vendor`}>{vendor}</p>}
          </div>
        )}
        <div role="status">
          {isRunning && (
            <p className={styles.running}>
              {trial.running === "here" ? "Asking for a token…" : `${provider.name} is asking for a token…`}
            </p>
          )}
          {trial.outcome && (
            <TokenResult
              outcome={trial.outcome}
              providerName={provider.name}
              isStale={!isSameRequest(trial.outcome.values, values)}
            />
          )}
        </div>
      </FormRow>
    </div>
  );
}
