import { useEffect, useEffectEvent, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { PlanView } from "~/bindings/PlanView";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { WebhookPick } from "~/bindings/WebhookPick";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { Dialog, EnvTag, useToast } from "~/components";
import { isPlain, outcomesOf, ProgressBar, Results } from "../review/Results";
import { type PlanPhase, usePlan } from "../review/use-plan";
import { count } from "../review/words";
import styles from "./DeleteDialog.module.css";
import { DeleteFooter } from "./DeleteFooter";
import { Meaning } from "./Meaning";
import { NameField } from "./NameField";
import { Questions } from "./Questions";
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
  const lost = "view" in phase ? failedAt(phase.view) : new Set();
  const reached = affected.filter(({ id }) => !lost.has(id));
  const production = reached.filter(({ environment }) => environment === "production");
  const wanted = production[0]?.label ?? null;
  const named = wanted === null || plain(typed) === plain(wanted);
  const gone = phase.at === "done" ? deletedPicks(phase.view, phase) : [];
  const provider =
    providers.find(({ id }) => id === affected[0]?.provider)?.name ?? affected[0]?.provider ?? "the provider";
  const number = "view" in phase ? phase.view.writable : picks.length;
  const targets = reached.length > 0 ? reached : affected;
  const where = targets.length === 1 ? (targets[0]?.label ?? "") : count(targets.length, "organisation");
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

  return (
    <Dialog
      role={phase.at === "done" ? "dialog" : "alertdialog"}
      title={
        <bdi title={where}>
          {titleWords(phase, "view" in phase && lost.size > 0 ? number : picks.length, where)}
        </bdi>
      }
      aside={targets.length === 1 && targets[0] ? <EnvTag environment={targets[0].environment} /> : undefined}
      onClose={leave}
      footer={
        <DeleteFooter
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
        {phase.at === "applying" && (
          <ProgressBar view={phase.view} results={phase.results} waits={phase.waits} />
        )}
        {phase.at === "done" && <Results view={phase.view} results={phase.results} provider={provider} />}
        {phase.at !== "applying" && phase.at !== "done" && (
          <>
            <Targets picks={picks} rows={rows} affected={affected} phase={phase} />
            <Meaning plan={plan} />
            {phase.at === "ready" && <Questions view={phase.view} plan={plan} />}
            {wanted !== null && phase.at === "ready" && phase.view.writable > 0 && (
              <NameField
                wanted={wanted}
                others={production.slice(1).map(({ label }) => label)}
                value={typed}
                onChange={setTyped}
              />
            )}
          </>
        )}
      </div>
    </Dialog>
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

/** The organisations where nothing could be planned. */
function failedAt(view: PlanView): Set<string> {
  return new Set(view.groups.filter(({ failed }) => failed !== null).map(({ connection }) => connection.id));
}

/** A name as it can be typed: without invisible characters and double spaces. */
function plain(name: string): string {
  return name
    .normalize("NFC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}
