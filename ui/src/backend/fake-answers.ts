import type { Connection } from "~/bindings/Connection";
import type { Finding } from "~/bindings/Finding";
import type { RefreshEvent } from "~/bindings/RefreshEvent";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { type Args, BackendError, type CommandName, type Result, type Streamed, toAppError } from "./backend";
import { appError, type FakeBackend } from "./fake";
import { applyPlan, makePlan, secretsOf, switchOne } from "./fake-apply";
import { sampleOptions } from "./fake-data";
import { deliveriesOf, deliveryDetail, deliveryPage } from "./fake-deliveries";
import { withoutSecrets } from "./fake-drafts";
import { sandboxOrganisations } from "./fake-organisations";
import { samplesOf } from "./fake-samples";
import { type StoredWebhook, text, toRow, toWebhook } from "./fake-webhooks";

/** How the pretended backend answers each command. */
export type Answers = {
  [N in CommandName]: (
    args: Args<N>,
    onProgress: (progress: Streamed<N>) => void,
  ) => Result<N> | Promise<Result<N>>;
};

export function answers(fake: FakeBackend): Answers {
  return {
    app_start: () => ({
      version: "0.1.0",
      profile: null,
      dataFolder: "/home/alex/.local/share/tacklebox",
      logFolder: "/home/alex/.local/state/tacklebox",
      providers: fake.providers,
      connections: [...fake.connections],
      vault: fake.vault,
      theme: fake.theme,
      sandboxRunning: fake.connections.some((connection) => connection.builtIn),
    }),
    app_watch: (_, onProgress) => {
      fake.watch(onProgress);
      return new Promise(() => undefined);
    },
    theme_set: ({ theme }) => {
      fake.theme = theme;
      return null;
    },
    vault_recheck: () => {
      fake.vault = fake.vaultAfterRecheck;
      return fake.vault;
    },
    sandbox_start: () => startSandbox(fake),
    sandbox_remove: () => {
      fake.connections = fake.connections.filter((connection) => !connection.builtIn);
      return [...fake.connections];
    },
    connection_add: (input) => {
      const added = fake.connectionOf(input, fake.nextId("c"), false);
      fake.put(added, []);
      return added;
    },
    connection_edit: ({ connection, input }) => {
      const edited = fake.connectionOf(input, connection, true);
      fake.connections = fake.connections.map((known) => (known.id === connection ? edited : known));
      return edited;
    },
    connection_remove: ({ connection }) => {
      fake.connections = fake.connections.filter((known) => known.id !== connection);
      return null;
    },
    connection_test: ({ connection, input }, onProgress) => {
      fake.connectionOf(input, "tested", connection !== null);
      const findings: Finding[] = [
        {
          step: "Sign in",
          state: "ok",
          words: "Signed in; the token is valid for 16 minutes.",
          elapsedMs: 142,
        },
        {
          step: "Read the schema",
          state: "ok",
          words: "Webhooks with filters, in snake case.",
          elapsedMs: 61,
        },
        { step: "Read the webhooks", state: "ok", words: "5 webhooks.", elapsedMs: 88 },
      ];
      findings.forEach(onProgress);
      return { findings, organisation: "Halden", webhookCount: 5 };
    },
    connection_offer: ({ connection }) => fake.offerOf(connection),
    field_tree: () => fake.nodes,
    field_options: ({ path }) => sampleOptions[path] ?? [],
    webhooks_last_seen: () =>
      fake.connections.map(({ id }) => {
        const readAtMs = fake.readAt.get(id) ?? null;
        return { connection: id, readAtMs, rows: readAtMs === null ? [] : rowsOf(fake, id) };
      }),
    webhooks_refresh: async ({ connections }, onProgress) => {
      const wanted = connections.length > 0 ? connections : fake.connections.map(({ id }) => id);
      const late = wanted.map(async (connection) => {
        onProgress({ type: "started", connection });
        const wait = fake.waits.get(connection);
        if (wait) {
          onProgress({ type: "waiting", connection, waitMs: wait.ms });
          await wait.over;
        }
        onProgress(readRows(fake, connection));
      });
      await Promise.all(late);
      return null;
    },
    webhook_open: ({ webhook }) =>
      toWebhook(webhook.connection, need(fake, webhook), fake.offerOf(webhook.connection)),
    webhook_reveal: ({ webhook, path }) => text(need(fake, webhook).values[path]),
    webhook_secrets: (pick) => secretsOf(fake, pick, need(fake, pick)),
    webhook_switch: (request) => switchOne(fake, request),
    deliveries_list: (request) =>
      deliveryPage(deliveriesOf(request.webhook, need(fake, request.webhook)), request),
    delivery_open: ({ webhook, delivery }) => {
      const found = deliveriesOf(webhook, need(fake, webhook)).find(({ id }) => id === delivery);
      if (found) return deliveryDetail(found);
      throw new BackendError(appError("The vendor no longer has this delivery.", { kind: "notFound" }));
    },
    deliveries_replay: ({ deliveries }, onProgress) => {
      const total = deliveries.length;
      onProgress({ done: total, total });
      return { replayed: deliveries, failed: [], notAttempted: [] };
    },
    event_samples: ({ connection, event }) => samplesOf(fake.connection(connection).provider, event),
    connection_usage: ({ connection }) => {
      const { metered } = fake.offerOf(connection).capabilities;
      const allowance = metered ? { limit: 50, remaining: 43, periodS: 60, waitMs: 0 } : null;
      return { connection, month: "2026-11", calls: metered ? 1204 : null, allowance };
    },
    draft_read: ({ connection, webhook }) => fake.drafts.get(`${connection}/${webhook ?? ""}`) ?? null,
    draft_keep: ({ connection, webhook, form }) => {
      fake.drafts.set(`${connection}/${webhook ?? ""}`, { keptMs: Date.now(), ...withoutSecrets(form) });
      return null;
    },
    draft_discard: ({ connection, webhook }) => {
      fake.drafts.delete(`${connection}/${webhook ?? ""}`);
      return null;
    },
    token_try: () => fake.tokenTrial,
    token_ask: () => ({
      ok: true,
      words: "The vendor fetched a Bearer token. It lasts 3600 seconds.",
      httpStatus: null,
      code: null,
      body: null,
      elapsedMs: 212,
    }),
    plan_make: (request) => makePlan(fake, request),
    plan_discard: ({ plan }) => {
      fake.plans.delete(plan);
      return null;
    },
    plan_apply: (request, onProgress) => applyPlan(fake, request, onProgress),
    operation_cancel: ({ operation }) => {
      fake.cancel(operation);
      return null;
    },
  };
}

function readRows(fake: FakeBackend, connection: string): RefreshEvent {
  try {
    fake.throwIfFailing("webhooks_refresh", connection);
    const readAtMs = Date.now();
    fake.readAt.set(connection, readAtMs);
    return { type: "loaded", rows: { connection, readAtMs, rows: rowsOf(fake, connection) } };
  } catch (thrown) {
    return { type: "failed", connection, error: toAppError(thrown) };
  }
}

function rowsOf(fake: FakeBackend, connection: string) {
  const offer = fake.offerOf(connection);
  return (fake.webhooks.get(connection) ?? []).map((webhook) => toRow(connection, webhook, offer));
}

function need(fake: FakeBackend, pick: WebhookPick): StoredWebhook {
  const found = fake.find(pick);
  if (found) return found;
  throw new BackendError(
    appError("This webhook no longer exists.", {
      kind: "notFound",
      place: fake.connection(pick.connection).label,
    }),
  );
}

function startSandbox(fake: FakeBackend): Connection[] {
  for (const { connection, webhooks } of sandboxOrganisations()) fake.put(connection, webhooks);
  return [...fake.connections];
}
