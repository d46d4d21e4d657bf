import { useEffect, useEffectEvent } from "react";
import type { FieldError } from "~/bindings/FieldError";
import type { Notice } from "~/bindings/Notice";
import type { PlanItem } from "~/bindings/PlanItem";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { Dialog, EnvTag } from "~/components";
import { isPlain, outcomesOf } from "./Results";
import { ReviewBody } from "./ReviewBody";
import styles from "./ReviewDialog.module.css";
import { ReviewFooter } from "./ReviewFooter";
import { useUnsavedSecrets } from "./unsaved-secrets";
import { type PlanPhase, usePlan } from "./use-plan";
import { count, itemsOf } from "./words";

export { Planning } from "./Planning";

type Props = {
  /** What to plan; null when only the finished plan is known. */
  request: PlanRequest | null;
  /** The plan, where it was made already. */
  view?: PlanView;
  providers: ProviderInfo[];
  /** What is to be known of the request besides the plan's own notices. */
  notices?: readonly Notice[];
  /** Where "back" leads. */
  backWords?: string;
  /** Back to where the user came from, with nothing written. */
  onClose: () => void;
  /** The host found fields wrong. Without it they are shown here. */
  onRefused?: (errors: FieldError[]) => void;
  /** The user gives way to the vendor's version. */
  onReload?: () => void;
  /** Something was written. `rows` are the webhooks as the vendor answered. */
  onSaved: (rows: WebhookRow[]) => void;
};

const NO_NOTICES: readonly Notice[] = [];

/** Shows what a write would change, writes it after consent, and says how it ended. */
export function ReviewDialog(props: Props) {
  const { request, providers, onClose, onRefused, onReload, onSaved } = props;
  const plan = usePlan(request, props.view);
  const { phase } = plan;
  const only = onlyItem(phase);
  const unsaved = useUnsavedSecrets(phase.at === "done" ? phase.results : []);

  const settle = useEffectEvent((current: PlanPhase) => {
    const errors = refusals(current);
    if (errors) onRefused?.(errors);
    if (current.at !== "done") return;
    if (isPlain(current.results)) onSaved(savedRows(current));
    // A single item that went stale meanwhile is planned again, which shows the three versions.
    else if (onlyItem(current) && current.results.some(({ outcome }) => outcome.type === "stale"))
      plan.replan();
  });
  useEffect(() => {
    settle(phase);
  }, [phase]);

  const isBusy = phase.at === "applying";
  const anyDone = phase.at === "done" && outcomesOf(phase.results).done.length > 0;
  const leave = () => {
    if (isBusy || unsaved.reason !== null) return;
    if (anyDone) onSaved(savedRows(phase));
    else onClose();
  };
  const rebase = () => {
    if (only?.state.type === "stale" && request?.type === "update") {
      plan.replan({ ...request, revision: only.state.revision });
    }
  };

  return (
    <Dialog
      title={titleOf(phase, request)}
      aside={<Where phase={phase} />}
      size="lg"
      onClose={leave}
      canClose={!isBusy && unsaved.reason === null}
      footer={
        <ReviewFooter
          plan={plan}
          request={request}
          only={only}
          backWords={props.backWords ?? (isForm(request) ? "Back to editing" : "Cancel")}
          onBack={leave}
          onReload={onReload}
          onRebase={request?.type === "update" ? rebase : undefined}
          anyDone={anyDone}
          heldBy={unsaved.reason}
        />
      }
    >
      <div className={styles.body}>
        <ReviewBody
          plan={plan}
          providers={providers}
          notices={props.notices ?? NO_NOTICES}
          unsaved={unsaved}
        />
      </div>
    </Dialog>
  );
}

function Where({ phase }: { phase: PlanPhase }) {
  if (!("view" in phase) || phase.view.groups.length !== 1) return null;
  const [group] = phase.view.groups;
  return group ? (
    <span className={styles.where}>
      <bdi title={group.connection.label}>{group.connection.label}</bdi>
      <EnvTag environment={group.connection.environment} />
    </span>
  ) : null;
}

function isForm(request: PlanRequest | null): boolean {
  return request?.type === "create" || request?.type === "update";
}

function onlyItem(phase: PlanPhase): PlanItem | null {
  if (!("view" in phase)) return null;
  const items = itemsOf(phase.view);
  return items.length === 1 ? (items[0] ?? null) : null;
}

/** The field errors that send the user back to the form. */
function refusals(phase: PlanPhase): FieldError[] | null {
  if ((phase.at === "failed" || phase.at === "refused") && phase.error.kind === "validation")
    return phase.error.fields;
  if (phase.at !== "ready") return null;
  // The items of one form are wrong in the same fields.
  const states = itemsOf(phase.view).map(({ state }) => state);
  const blocked = states.filter((state) => state.type === "blocked");
  return blocked.length === states.length ? (blocked[0]?.errors ?? null) : null;
}

function savedRows(phase: PlanPhase): WebhookRow[] {
  if (phase.at !== "done") return [];
  return phase.results.flatMap(({ outcome }) =>
    outcome.type === "done" && outcome.row ? [outcome.row] : [],
  );
}

function titleOf(phase: PlanPhase, request: PlanRequest | null): string {
  const creating = request?.type === "create";
  if (phase.at === "applying") return creating ? "Creating" : "Saving";
  if (phase.at === "done") {
    const isFine = outcomesOf(phase.results).done.length === phase.results.length;
    return isFine ? (creating ? "Created" : "Saved") : "Result";
  }
  const item = onlyItem(phase);
  if (item?.state.type === "stale") return "Changed meanwhile";
  const items = "view" in phase ? itemsOf(phase.view) : [];
  if (creating) {
    return items.length > 1 ? `Review ${items.length} new webhooks` : "Review new webhook";
  }
  if (request?.type === "switch") {
    const what = item ? shorten(item.title) : count(request.webhooks.length, "webhook");
    return `Turn ${request.on ? "on" : "off"} ${what}?`;
  }
  if (!("view" in phase)) return "Review changes";
  const changes = items.flatMap(({ changes }) => changes.filter(({ changed }) => changed));
  return `Review ${count(changes.length, "change")}`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
