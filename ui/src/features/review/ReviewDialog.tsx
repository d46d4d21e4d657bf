import { useEffect, useEffectEvent } from "react";
import type { FieldError } from "~/bindings/FieldError";
import type { PlanItem } from "~/bindings/PlanItem";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { Button, Dialog, EnvTag, ErrorBanner, Skeleton } from "~/components";
import { ItemReview } from "./ItemReview";
import { Notices } from "./Notices";
import { RequestDisclosure } from "./RequestDisclosure";
import { isPlain, outcomesOf, ProgressBar, Results } from "./Results";
import styles from "./ReviewDialog.module.css";
import { type PlanPhase, type PlanRun, usePlan } from "./use-plan";
import { confirmWords, count, itemsOf } from "./words";

type Props = {
  request: PlanRequest;
  providers: ProviderInfo[];
  /** Back to the form, with nothing written. */
  onClose: () => void;
  /** The host found fields wrong. */
  onRefused: (errors: FieldError[]) => void;
  /** The user gives way to the vendor's version. */
  onReload: () => void;
  /** Something was written. `rows` are the webhooks as the vendor answered. */
  onSaved: (rows: WebhookRow[]) => void;
};

/** Shows what a write would change, writes it after consent, and says how it ended. */
export function ReviewDialog({ request, providers, onClose, onRefused, onReload, onSaved }: Props) {
  const plan = usePlan(request);
  const { phase } = plan;
  const only = onlyItem(phase);

  const settle = useEffectEvent((current: PlanPhase) => {
    const errors = refusals(current);
    if (errors) onRefused(errors);
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
    if (isBusy) return;
    if (anyDone) onSaved(savedRows(phase));
    else onClose();
  };
  const rebase = () => {
    if (only?.state.type === "stale" && request.type === "update") {
      plan.replan({ ...request, revision: only.state.revision });
    }
  };

  return (
    <Dialog
      title={titleOf(phase, request)}
      aside={<Where phase={phase} />}
      size="lg"
      onClose={leave}
      footer={
        <Footer
          plan={plan}
          only={only}
          onBack={leave}
          onReload={onReload}
          onRebase={request.type === "update" ? rebase : undefined}
          anyDone={anyDone}
        />
      }
    >
      <div className={styles.body}>
        <Body plan={plan} providers={providers} />
      </div>
    </Dialog>
  );
}

function Body({ plan, providers }: { plan: PlanRun; providers: ProviderInfo[] }) {
  const { phase } = plan;
  switch (phase.at) {
    case "planning":
      return <Planning />;
    case "failed":
      return <ErrorBanner error={phase.error} effect="Nothing was sent." onRetry={() => plan.replan()} />;
    case "applying":
      return <ProgressBar view={phase.view} results={phase.results} />;
    case "done":
      return (
        <Results view={phase.view} results={phase.results} provider={providerName(phase.view, providers)} />
      );
    case "refused":
    case "ready":
      return (
        <>
          {phase.at === "refused" && <ErrorBanner error={phase.error} />}
          <Groups view={phase.view} providers={providers} />
        </>
      );
  }
}

function Groups({ view, providers }: { view: PlanView; providers: ProviderInfo[] }) {
  const many = itemsOf(view).length > 1;
  return view.groups.map((group) => (
    <section key={group.connection.id} className={styles.group}>
      {view.groups.length > 1 && (
        <h3 className={styles.groupHead}>
          <bdi>{group.connection.label}</bdi>
          <EnvTag environment={group.connection.environment} />
        </h3>
      )}
      {group.items.map((item) => (
        <ItemReview
          key={item.index}
          item={item}
          named={many}
          provider={
            providers.find(({ id }) => id === group.connection.provider)?.name ?? group.connection.provider
          }
        />
      ))}
      <Notices notices={group.notices} />
      {group.items.some(({ state }) => state.type === "ready") && (
        <RequestDisclosure requests={group.requests} />
      )}
    </section>
  ));
}

type FooterProps = {
  plan: PlanRun;
  only: PlanItem | null;
  onBack: () => void;
  onReload: () => void;
  onRebase: (() => void) | undefined;
  anyDone: boolean;
};

function Footer({ plan, only, onBack, onReload, onRebase, anyDone }: FooterProps) {
  const { phase } = plan;
  if (phase.at === "applying") {
    return (
      <>
        <span className={styles.hint}>
          {phase.stopping
            ? "Stopping after the request that is under way."
            : "What is already sent cannot be called back."}
        </span>
        <Button onPress={plan.stop} isDisabled={phase.stopping}>
          Stop
        </Button>
      </>
    );
  }
  if (phase.at === "done") {
    const again = outcomesOf(phase.results);
    const canRetry = !anyDone && again.failed.length + again.open.length > 0;
    return (
      <>
        {canRetry && <Button onPress={onBack}>Back to editing</Button>}
        <Button variant="primary" autoFocus onPress={canRetry ? () => plan.replan() : onBack}>
          {canRetry ? "Review again" : "Done"}
        </Button>
      </>
    );
  }
  if (only?.state.type === "stale") {
    return (
      <>
        <Button variant="ghost" onPress={onBack}>
          Back to editing
        </Button>
        <Button onPress={onReload}>Take theirs and reload</Button>
        {onRebase && (
          <Button variant="primary" onPress={onRebase}>
            Apply my changes to the current version
          </Button>
        )}
      </>
    );
  }
  const isReady = phase.at === "ready" && phase.view.writable > 0;
  return (
    <>
      <Button onPress={onBack}>Back to editing</Button>
      {phase.at === "refused" && (
        <Button variant="primary" autoFocus onPress={() => plan.replan()}>
          Review again
        </Button>
      )}
      {isReady && (
        <Button variant="primary" autoFocus onPress={plan.apply}>
          <ConfirmLabel view={phase.view} />
        </Button>
      )}
    </>
  );
}

function ConfirmLabel({ view }: { view: PlanView }) {
  const { verb, name, environment } = confirmWords(view);
  return (
    <span className={styles.confirm} title={`${verb} ${name}${environment}`}>
      <span>{verb} </span>
      <bdi>{name}</bdi>
      <span>{environment}</span>
    </span>
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

/** Still bars while the plan is made. */
export function Planning() {
  return (
    <div className={styles.planning} role="status" aria-label="Reading the current version and comparing">
      <Skeleton width="40%" />
      <Skeleton width="85%" />
      <Skeleton width="70%" />
    </div>
  );
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
  const item = phase.at === "ready" ? onlyItem(phase) : null;
  return item?.state.type === "blocked" ? item.state.errors : null;
}

function savedRows(phase: PlanPhase): WebhookRow[] {
  if (phase.at !== "done") return [];
  return phase.results.flatMap(({ outcome }) =>
    outcome.type === "done" && outcome.row ? [outcome.row] : [],
  );
}

function titleOf(phase: PlanPhase, request: PlanRequest): string {
  if (phase.at === "applying") return request.type === "create" ? "Creating" : "Saving";
  if (phase.at === "done") return isPlain(phase.results) ? "Saved" : "Result";
  const item = onlyItem(phase);
  if (item?.state.type === "stale") return "Changed meanwhile";
  if (request.type === "create") return "Review new webhook";
  if (!("view" in phase)) return "Review changes";
  const changes = itemsOf(phase.view).flatMap(({ changes }) => changes.filter(({ changed }) => changed));
  return `Review ${count(changes.length, "change")}`;
}

function providerName(view: PlanView, providers: ProviderInfo[]): string {
  const id = view.groups[0]?.connection.provider;
  return providers.find((provider) => provider.id === id)?.name ?? id ?? "the provider";
}
