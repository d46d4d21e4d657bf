import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { PlanView } from "~/bindings/PlanView";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { WebhookPick } from "~/bindings/WebhookPick";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { Banner, Button, Dialog, EnvTag, ErrorBanner, TextField, useToast } from "~/components";
import { Notices } from "../review/Notices";
import { RequestDisclosure } from "../review/RequestDisclosure";
import { Planning } from "../review/ReviewDialog";
import { isPlain, outcomesOf, ProgressBar, Results } from "../review/Results";
import { type PlanPhase, type PlanRun, usePlan } from "../review/use-plan";
import { count } from "../review/words";
import styles from "./DeleteDialog.module.css";
import { isSame, Targets } from "./Targets";

type Props = {
  picks: WebhookPick[];
  rows: WebhookRow[];
  connections: Connection[];
  /** Names the providers in sentences; without it their ids are used. */
  providers?: ProviderInfo[];
  onClose: () => void;
  onDone: (deleted: WebhookPick[]) => void;
};

/** Asks before webhooks are deleted, in production by the organisation's name, and says how each one ended. */
export function DeleteDialog({ picks, rows, connections, providers = [], onClose, onDone }: Props) {
  const [remaining, setRemaining] = useState(picks);
  const [deleted, setDeleted] = useState<WebhookPick[]>([]);
  const [round, setRound] = useState(0);

  // Every round is its own plan: what failed before is planned again, what was deleted is not.
  return (
    <DeleteRound
      key={round}
      picks={remaining}
      rows={rows}
      connections={connections}
      providers={providers}
      onClose={(gone) => {
        const all = [...deleted, ...gone];
        if (all.length > 0) onDone(all);
        else onClose();
      }}
      onAgain={(gone) => {
        setDeleted([...deleted, ...gone]);
        setRemaining(remaining.filter((pick) => !gone.some((other) => isSame(other, pick))));
        setRound(round + 1);
      }}
    />
  );
}

type RoundProps = {
  picks: WebhookPick[];
  rows: WebhookRow[];
  connections: Connection[];
  providers: ProviderInfo[];
  onClose: (deleted: WebhookPick[]) => void;
  onAgain: (deleted: WebhookPick[]) => void;
};

function DeleteRound({ picks, rows, connections, providers, onClose, onAgain }: RoundProps) {
  const plan = usePlan({ type: "delete", webhooks: picks });
  const [typed, setTyped] = useState("");
  const { phase } = plan;
  const showToast = useToast();
  const isBusy = phase.at === "applying";
  const affected = connections.filter(({ id }) => picks.some((pick) => pick.connection === id));
  const production = affected.filter(({ environment }) => environment === "production");
  const wanted = production[0]?.label ?? null;
  const named = wanted === null || plain(typed) === plain(wanted);
  const gone = phase.at === "done" ? deletedPicks(phase.view, phase) : [];
  const provider =
    providers.find(({ id }) => id === affected[0]?.provider)?.name ?? affected[0]?.provider ?? "the provider";
  const where = affected.length === 1 ? (affected[0]?.label ?? "") : count(affected.length, "organisation");
  const settle = useEffectEvent((current: PlanPhase) => {
    // When everything went as asked there is nothing to read: the list shows it.
    if (current.at !== "done" || !isPlain(current.results)) return;
    showToast({ message: `Deleted ${count(current.results.length, "webhook")} from ${where.slice(0, 60)}` });
    onClose(deletedPicks(current.view, current));
  });
  useEffect(() => {
    settle(phase);
  }, [phase]);
  const leave = () => {
    if (!isBusy) onClose(gone);
  };
  const number = "view" in phase ? phase.view.writable : picks.length;

  return (
    <Dialog
      role={phase.at === "done" ? "dialog" : "alertdialog"}
      title={<bdi title={where}>{titleWords(phase, picks.length, where)}</bdi>}
      aside={
        affected.length === 1 && affected[0] ? <EnvTag environment={affected[0].environment} /> : undefined
      }
      onClose={leave}
      footer={
        <Footer
          plan={plan}
          label={`Delete ${number} from ${where}`}
          named={named}
          focusCancel={wanted === null}
          onLeave={leave}
          onAgain={() => onAgain(gone)}
        />
      }
    >
      {/* Enter in the name field must not confirm anything; there is no form around it. */}
      <div className={styles.body}>
        {phase.at === "applying" && <ProgressBar view={phase.view} results={phase.results} />}
        {phase.at === "done" && <Results view={phase.view} results={phase.results} provider={provider} />}
        {phase.at !== "applying" && phase.at !== "done" && (
          <>
            <Targets picks={picks} rows={rows} affected={affected} phase={phase} />
            <Meaning plan={plan} />
            {wanted !== null && phase.at === "ready" && phase.view.writable > 0 && (
              <NameField wanted={wanted} more={production.length - 1} value={typed} onChange={setTyped} />
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

/** What deleting means: the notices and the exact requests. */
function Meaning({ plan }: { plan: PlanRun }) {
  const { phase } = plan;
  if (phase.at === "planning") return <Planning />;
  if (phase.at === "failed") {
    return <ErrorBanner error={phase.error} effect="Nothing was deleted." onRetry={() => plan.replan()} />;
  }
  if (!("view" in phase)) return null;
  const notices = phase.view.groups.flatMap((group) => [
    ...group.notices,
    ...group.items.flatMap((item) => item.notices),
  ]);
  const distinct = notices.filter(
    (notice, at) => notices.findIndex(({ words }) => words === notice.words) === at,
  );
  return (
    <>
      {phase.at === "refused" && <ErrorBanner error={phase.error} onRetry={() => plan.replan()} />}
      <Notices notices={distinct} />
      {phase.view.writable === 0 && (
        <Banner tone="info">Nothing is left to delete. Close this window to read the list again.</Banner>
      )}
      <RequestDisclosure requests={phase.view.groups.flatMap((group) => group.requests)} />
    </>
  );
}

function NameField({
  wanted,
  more,
  value,
  onChange,
}: {
  wanted: string;
  more: number;
  value: string;
  onChange: (text: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The dialog takes the focus when it opens; this field comes once the plan is there.
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <TextField
      inputRef={input}
      label={`Type ${wanted} to confirm`}
      layout="stack"
      value={value}
      onChange={onChange}
      description={
        more > 0
          ? `${count(more, "more organisation")} here ${more === 1 ? "is" : "are"} production too.`
          : undefined
      }
    />
  );
}

type FooterProps = {
  plan: PlanRun;
  label: string;
  named: boolean;
  focusCancel: boolean;
  onLeave: () => void;
  onAgain: () => void;
};

function Footer({ plan, label, named, focusCancel, onLeave, onAgain }: FooterProps) {
  const { phase } = plan;
  if (phase.at === "applying") {
    return (
      <Button onPress={plan.stop} isDisabled={phase.stopping}>
        {phase.stopping ? "Stopping…" : "Stop"}
      </Button>
    );
  }
  if (phase.at === "done") {
    const { failed, open } = outcomesOf(phase.results);
    const left = failed.length + open.length;
    return (
      <>
        {left > 0 && <Button onPress={onAgain}>Review {left === 1 ? "it" : `the ${left}`} again</Button>}
        <Button variant="primary" autoFocus onPress={onLeave}>
          Done
        </Button>
      </>
    );
  }
  const canDelete = phase.at === "ready" && phase.view.writable > 0 && named;
  return (
    <>
      <Button autoFocus={focusCancel} onPress={onLeave}>
        Cancel
      </Button>
      <Button variant="danger" isDisabled={!canDelete} onPress={plan.apply}>
        <span className={styles.confirm} title={label}>
          {label}
        </span>
      </Button>
    </>
  );
}

function titleWords(phase: PlanPhase, number: number, where: string): string {
  if (phase.at === "applying") return `Deleting ${count(number, "webhook")} from ${where}`;
  if (phase.at !== "done") return `Delete ${count(number, "webhook")} from ${where}?`;
  const { done } = outcomesOf(phase.results);
  if (isPlain(phase.results)) return `Deleted ${count(done.length, "webhook")} from ${where}`;
  return `${done.length} of ${number} deleted from ${where}`;
}

/** The webhooks that no longer exist: deleted now, or found gone already. */
function deletedPicks(view: PlanView, phase: Extract<PlanPhase, { at: "done" }>): WebhookPick[] {
  const done = new Set(outcomesOf(phase.results).done.map(({ index }) => index));
  return view.groups.flatMap(({ connection, items }) =>
    items
      .filter((item) => done.has(item.index) || item.state.type === "gone")
      .flatMap(({ webhook }) => (webhook === null ? [] : [{ connection: connection.id, id: webhook }])),
  );
}

/** A name as it can be typed: without invisible characters and double spaces. */
function plain(name: string): string {
  return name
    .normalize("NFC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}
