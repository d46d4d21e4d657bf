import type { ApplyEvent } from "~/bindings/ApplyEvent";
import type { ApplyReport } from "~/bindings/ApplyReport";
import type { ApplyRequest } from "~/bindings/ApplyRequest";
import type { ItemOutcome } from "~/bindings/ItemOutcome";
import type { ItemResult } from "~/bindings/ItemResult";
import type { KeptWhere } from "~/bindings/KeptWhere";
import type { OneTimeSecret } from "~/bindings/OneTimeSecret";
import type { PlanGroup } from "~/bindings/PlanGroup";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";
import type { SwitchOutcome } from "~/bindings/SwitchOutcome";
import type { SwitchRequest } from "~/bindings/SwitchRequest";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { BackendError, toAppError } from "./backend";
import { appError, type FakeBackend } from "./fake";
import { createStep, deleteStep, goneStep, type Step, switchStep, updateStep } from "./fake-plan";
import { type StoredWebhook, toRow } from "./fake-webhooks";

export function makePlan(fake: FakeBackend, request: PlanRequest): PlanView {
  const steps = stepsOf(fake, request);
  const id = fake.nextId("plan");
  const connections = [...new Set(steps.map((step) => step.connection))];
  const groups = connections.map((connection): PlanGroup => {
    const { provider, label, environment } = connection;
    const tag = { id: connection.id, provider, label, environment };
    try {
      fake.throwIfFailing("plan_make", connection.id);
    } catch (thrown) {
      return { connection: tag, items: [], requests: [], notices: [], failed: toAppError(thrown) };
    }
    return {
      connection: tag,
      items: steps.filter((step) => step.connection === connection).map((step) => step.item),
      requests: [
        {
          title: request.type === "delete" ? "Delete webhooks" : "Save the webhook",
          method: "POST",
          url: fake.addressOf(connection),
          headers: [["authorization", "Bearer $TOKEN"]],
          body: `{\n  "operationName": "${request.type}Webhooks"\n}`,
          curl: `curl --request POST '${fake.addressOf(connection)}' --header "Authorization: Bearer $ACCESS_TOKEN"`,
          graphql: null,
        },
      ],
      notices: [],
      failed: null,
    };
  });
  const planned = groups.flatMap((group) => group.items);
  const kept = steps.filter(({ item }) => planned.includes(item));
  fake.plans.set(id, kept);
  const writable = planned.filter((item) => item.state.type === "ready").length;
  return { id, digest: `digest-${id}`, groups, writable };
}

function stepsOf(fake: FakeBackend, request: PlanRequest): Step[] {
  switch (request.type) {
    case "create": {
      const connection = fake.connection(request.connection);
      const offer = fake.offerOf(connection.id);
      const drafts =
        offer.capabilities.eventsPerWebhook === "one" ? perEvent(request.draft) : [request.draft];
      const { source } = request;
      const from = source === null ? undefined : fake.find({ connection: connection.id, id: source });
      return drafts.map((draft, index) => createStep(index, connection, draft, offer, from?.values));
    }
    case "update": {
      const connection = fake.connection(request.webhook.connection);
      const offer = fake.offerOf(connection.id);
      const now = fake.find(request.webhook);
      if (!now) return [goneStep(0, "update", connection, request.webhook.id, offer)];
      const read = fake.versions.get(`${request.webhook.id}@${request.revision.slice(1)}`) ?? now;
      return [updateStep(0, connection, now, read, request.draft, offer)];
    }
    case "switch":
    case "delete":
      return request.webhooks.flatMap((pick, index) => {
        const connection = fake.connection(pick.connection);
        const offer = fake.offerOf(connection.id);
        const now = fake.find(pick);
        const action = request.type === "delete" ? "delete" : "update";
        if (!now) return [goneStep(index, action, connection, pick.id, offer)];
        if (request.type === "delete") return [deleteStep(index, connection, now, offer)];
        const step = switchStep(index, connection, now, request.on, offer);
        return step ? [step] : [];
      });
  }
}

/** One event per webhook: several events make several webhooks. */
function perEvent(draft: WebhookDraft): WebhookDraft[] {
  const events = draft.fields["events"];
  if (events?.type !== "list" || events.value.length < 2) return [draft];
  return events.value.map((one) => ({ fields: { ...draft.fields, events: { type: "list", value: [one] } } }));
}

export function applyPlan(
  fake: FakeBackend,
  { plan, digest, acknowledged }: ApplyRequest,
  onProgress: (event: ApplyEvent) => void,
): ApplyReport {
  const steps = fake.plans.get(plan);
  if (!steps || digest !== `digest-${plan}`) {
    throw new BackendError(
      appError("This plan is no longer there.", { kind: "planGone", advice: "Review the changes again." }),
    );
  }
  const ready = steps.filter(({ item }) => item.state.type === "ready");
  if (ready.some(({ item }) => item.askAgain !== null && !acknowledged.includes(item.index))) {
    throw new BackendError(
      appError("Some webhooks need your agreement first.", { kind: "validation", fields: [] }),
    );
  }
  fake.plans.delete(plan);
  const results = ready.map((step): ItemResult => {
    onProgress({ type: "started", index: step.item.index });
    const result = { index: step.item.index, outcome: write(fake, step) };
    onProgress({ type: "finished", result });
    return result;
  });
  return { results };
}

/** A single flip goes at once outside production; otherwise, and where a mark asks, it is reviewed. */
export function switchOne(fake: FakeBackend, { webhook, on }: SwitchRequest): SwitchOutcome {
  const plan = makePlan(fake, { type: "switch", webhooks: [webhook], on });
  const [step] = fake.plans.get(plan.id) ?? [];
  const plain = step?.item.state.type === "ready" && step.item.askAgain === null;
  if (!plain || step.connection.environment === "production") return { type: "review", plan };
  fake.plans.delete(plan.id);
  return { type: "done", outcome: write(fake, step) };
}

/** The secrets told once that are still held for a webhook. */
export function secretsOf(fake: FakeBackend, webhook: WebhookPick, stored: StoredWebhook): OneTimeSecret[] {
  const { signing } = fake.offerOf(webhook.connection).capabilities;
  if (signing.type === "none" || stored.values[signing.path] === undefined) return [];
  return [{ webhook, path: signing.path, label: signing.label, kept: keptWhere(fake, webhook) }];
}

function keptWhere(fake: FakeBackend, { connection }: WebhookPick): KeptWhere {
  if (fake.connection(connection).builtIn) return { type: "sandbox" };
  if (fake.vault.mode === "keyring") return { type: "keyring" };
  return { type: "memoryOnly", reason: fake.vault.words };
}

function write(fake: FakeBackend, step: Step): ItemOutcome {
  const { connection, item, values } = step;
  try {
    fake.throwIfFailing("plan_apply", connection.id);
  } catch (thrown) {
    return { type: "failed", error: toAppError(thrown) };
  }
  const now = item.webhook === null ? null : fake.find({ connection: connection.id, id: item.webhook });
  if (now === undefined || (now !== null && now.version !== step.version)) return { type: "stale" };
  const done = { type: "done", recovered: false, differences: [], incomplete: null } as const;
  if (values === null) {
    fake.removeBehind({ connection: connection.id, id: item.webhook ?? "" });
    return { ...done, differences: [], row: null, secrets: [] };
  }
  const offer = fake.offerOf(connection.id);
  const { signing } = offer.capabilities;
  const told = now === null && signing.type === "secretShownOnce" ? { [signing.path]: "whsec_new" } : {};
  const stored: StoredWebhook = {
    id: now?.id ?? `webhook_${fake.nextId("new")}`,
    values: { ...values, ...told },
    preserved: now?.preserved ?? [],
    version: (now?.version ?? 0) + 1,
    marks: now?.marks ?? [],
  };
  fake.store(connection.id, stored);
  const secrets = now === null ? secretsOf(fake, { connection: connection.id, id: stored.id }, stored) : [];
  return { ...done, differences: [], row: toRow(connection.id, stored, offer), secrets };
}
