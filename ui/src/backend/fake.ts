import type { AppError } from "~/bindings/AppError";
import type { AppEvent } from "~/bindings/AppEvent";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionInput } from "~/bindings/ConnectionInput";
import type { Offer } from "~/bindings/Offer";
import type { KeptDraft } from "~/bindings/KeptDraft";
import type { Theme } from "~/bindings/Theme";
import type { TokenTrial } from "~/bindings/TokenTrial";
import type { VaultStatus } from "~/bindings/VaultStatus";
import type { WebhookPick } from "~/bindings/WebhookPick";
import {
  type Args,
  type Backend,
  BackendError,
  type CommandName,
  type Result,
  type Streamed,
} from "./backend";
import { type Answers, answers } from "./fake-answers";
import { connectionOf, deferred, operationOf } from "./fake-calls";
import { booqableOffer, booqableProvider } from "./fake-booqable";
import { manyWebhooks, sampleOffer, sampleProvider } from "./fake-data";
import { epilotOffer, epilotProvider } from "./fake-epilot";
import { sixOrganisations, twoOrganisations } from "./fake-organisations";
import type { Step } from "./fake-plan";
import { noFacts } from "./fake-specs";
import { sampleNodes } from "./fake-tree";
import type { StoredValue, StoredWebhook } from "./fake-webhooks";

export interface FakeOptions {
  /** `sample` (default): two organisations of one vendor; `six`: of three vendors; `none`: the welcome screen. */
  connections?: "sample" | "six" | "none";
  vault?: VaultStatus;
  theme?: Theme;
  /** Whether the sample rows were read in an earlier start. */
  remembered?: boolean;
}

interface Failure {
  error: AppError;
  connection: string | null;
  times: number;
}

interface Gate {
  opened: Promise<void>;
  open: () => void;
}

/** Makes an `AppError` for a test. */
export function appError(
  message: string,
  over: Partial<AppError> & { [key: string]: unknown } = {},
): AppError {
  return { kind: "internal", message, place: null, advice: null, ...over } as AppError;
}

export const keyringVault: VaultStatus = { mode: "keyring", name: "the system keyring (Secret Service)" };
export const sessionVault: VaultStatus = {
  mode: "sessionOnly",
  problem: "noBus",
  words: "No keyring is running on this computer.",
  advice: "Install and unlock a Secret Service keyring such as GNOME Keyring, then check again.",
  held: 1,
};

/** A backend in memory with failures on demand, for tests and for looking at the window in a browser. */
export class FakeBackend implements Backend {
  readonly calls: { name: CommandName; args: unknown }[] = [];
  connections: Connection[] = [];
  webhooks = new Map<string, StoredWebhook[]>();
  /** Every version of every webhook ever stored, for three-way differences: `id@version`. */
  readonly versions = new Map<string, StoredWebhook>();
  readAt = new Map<string, number>();
  readonly plans = new Map<string, Step[]>();
  /** Organisations that wait for a limit before they are read. */
  readonly waits = new Map<string, { ms: number; over: Promise<void> }>();
  /** What the first vendor offers. */
  offer: Offer = sampleOffer;
  /** What was changed in forms and not saved, by `connection/webhook`. */
  readonly drafts = new Map<string, KeptDraft>();
  /** What a token request brings. */
  tokenTrial: TokenTrial = {
    ok: true,
    words: "A Bearer token came and lasts 3600 seconds.",
    advice: null,
    httpStatus: 200,
    elapsedMs: 184,
    tokenType: "Bearer",
    expiresInS: 3600,
    response: '{\n  "access_token": "••••••••",\n  "token_type": "Bearer",\n  "expires_in": 3600\n}',
  };
  /** What its trees hold. */
  nodes = sampleNodes;
  provider = sampleProvider;
  readonly providers = [sampleProvider, epilotProvider, booqableProvider];
  vault: VaultStatus;
  /** What `vault_recheck` finds. */
  vaultAfterRecheck: VaultStatus = keyringVault;
  theme: Theme;
  private counter = 0;
  private readonly failures = new Map<CommandName, Failure[]>();
  private readonly gates = new Map<CommandName, Gate>();
  private readonly running = new Map<string, (error: BackendError) => void>();
  private readonly watchers = new Set<(event: AppEvent) => void>();
  private readonly table: Answers = answers(this);

  constructor(options: FakeOptions = {}) {
    this.vault = options.vault ?? keyringVault;
    this.theme = options.theme ?? "system";
    if (options.connections === "none") return;
    const organisations = options.connections === "six" ? sixOrganisations() : twoOrganisations();
    for (const { connection, webhooks } of organisations) this.put(connection, webhooks);
    if (options.remembered !== false) {
      const before = Date.now() - 2 * 3600 * 1000;
      for (const { id } of this.connections) this.readAt.set(id, before);
    }
  }

  async call<N extends CommandName>(
    name: N,
    args: Args<N>,
    onProgress: (progress: Streamed<N>) => void = () => undefined,
  ): Promise<Result<N>> {
    this.calls.push({ name, args });
    const operation = name === "operation_cancel" ? null : operationOf(args);
    const cancelled = new Promise<never>((_, reject) => {
      if (operation !== null) this.running.set(operation, reject);
    });
    const work = (async () => {
      await Promise.resolve();
      await this.gates.get(name)?.opened;
      if (name !== "webhooks_refresh") this.throwIfFailing(name, connectionOf(args));
      return this.table[name](args, onProgress);
    })();
    try {
      return await Promise.race([work, cancelled]);
    } finally {
      if (operation !== null) this.running.delete(operation);
    }
  }

  /** Makes a command fail, for one connection or for all, `times` times. */
  fail(
    name: CommandName,
    error: AppError,
    { connection = null as string | null, times = Infinity } = {},
  ): void {
    this.failures.set(name, [...(this.failures.get(name) ?? []), { error, connection, times }]);
  }

  /** Ends all failures of a command. */
  heal(name: CommandName): void {
    this.failures.delete(name);
  }

  /** Holds a command's answers until the returned function is called. */
  hold(name: CommandName): () => void {
    const { promise: opened, resolve: open } = deferred();
    this.gates.set(name, { opened, open });
    return () => {
      this.gates.delete(name);
      open();
    };
  }

  /** Makes an organisation wait for a limit; the returned function ends the wait. */
  wait(connection: string, ms: number): () => void {
    const { promise, resolve } = deferred();
    this.waits.set(connection, { ms, over: promise });
    return () => {
      this.waits.delete(connection);
      resolve();
    };
  }

  /** What was asked of one command, in order. */
  argsOf<N extends CommandName>(name: N): Args<N>[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args as Args<N>);
  }

  /** Changes a webhook behind the window's back, as a colleague in the vendor's own screens would. */
  changeBehind(pick: WebhookPick, values: Record<string, StoredValue>): void {
    const found = this.find(pick);
    if (found)
      this.store(pick.connection, {
        ...found,
        values: { ...found.values, ...values },
        version: found.version + 1,
      });
  }

  /** Removes a webhook behind the window's back. */
  removeBehind(pick: WebhookPick): void {
    const kept = (this.webhooks.get(pick.connection) ?? []).filter((webhook) => webhook.id !== pick.id);
    this.webhooks.set(pick.connection, kept);
  }

  /** Gives the first organisation `count` webhooks. */
  bulk(count: number): void {
    const first = this.connections[0];
    if (first) this.put(first, manyWebhooks(count));
  }

  /** Changes where secrets are kept and tells the window. */
  setVault(status: VaultStatus): void {
    this.vault = status;
    for (const watcher of this.watchers) watcher({ type: "vault", status });
  }

  watch(onEvent: (event: AppEvent) => void): void {
    this.watchers.add(onEvent);
  }

  cancel(operation: string): void {
    this.running.get(operation)?.(new BackendError(appError("Stopped.", { kind: "cancelled" })));
  }

  nextId(prefix: string): string {
    this.counter += 1;
    return `${prefix}-${this.counter}`;
  }

  put(connection: Connection, webhooks: StoredWebhook[]): void {
    this.connections = [...this.connections.filter((known) => known.id !== connection.id), connection];
    this.webhooks.set(connection.id, []);
    for (const webhook of webhooks) this.versions.set(`${webhook.id}@${webhook.version}`, webhook);
    this.webhooks.set(connection.id, webhooks);
  }

  store(connection: string, webhook: StoredWebhook): void {
    const all = this.webhooks.get(connection) ?? [];
    const known = all.some((other) => other.id === webhook.id);
    this.versions.set(`${webhook.id}@${webhook.version}`, webhook);
    this.webhooks.set(
      connection,
      known ? all.map((other) => (other.id === webhook.id ? webhook : other)) : [...all, webhook],
    );
  }

  find(pick: WebhookPick): StoredWebhook | undefined {
    return this.webhooks.get(pick.connection)?.find((webhook) => webhook.id === pick.id);
  }

  connection(id: string): Connection {
    const found = this.connections.find((known) => known.id === id);
    if (!found)
      throw new BackendError(appError("This organisation is not connected any more.", { kind: "notFound" }));
    return found;
  }

  offerOf(connection: string): Offer {
    switch (this.connection(connection).provider) {
      case epilotProvider.id:
        return epilotOffer;
      case booqableProvider.id:
        return booqableOffer;
      default:
        return this.offer;
    }
  }

  /** Where the requests of an organisation go. */
  addressOf({ provider, baseUrl }: Connection): string {
    return baseUrl ?? this.providers.find(({ id }) => id === provider)?.defaultBaseUrl ?? "";
  }

  /** A connection of what was entered; throws the validation error the real backend would. */
  connectionOf(input: ConnectionInput, id: string, editing: boolean): Connection {
    const fields = [];
    if (input.label.trim() === "") fields.push({ path: "label", message: "Give the organisation a name." });
    if (input.baseUrl !== "" && !/^https?:\/\/\S+$/.test(input.baseUrl)) {
      fields.push({ path: "base_url", message: "Enter an address that begins with https://." });
    }
    for (const { key, label, secret } of this.credentialsOf(input)) {
      const change = input.secretCredentials[key];
      const given = secret
        ? change?.move === "replace"
          ? change.value !== ""
          : editing && change?.move === "keep"
        : (input.publicCredentials[key] ?? "") !== "";
      if (!given) fields.push({ path: `credentials.${key}`, message: `${label} is missing.` });
    }
    if (fields.length > 0) {
      throw new BackendError(appError(fields[0]?.message ?? "", { kind: "validation", fields }));
    }
    const { provider, label, environment, readOnly, publicCredentials } = input;
    const baseUrl = input.baseUrl === "" ? null : input.baseUrl;
    const facts = this.connections.find((known) => known.id === id)?.facts ?? noFacts;
    return { id, provider, label, environment, baseUrl, readOnly, publicCredentials, builtIn: false, facts };
  }

  private credentialsOf({ provider }: ConnectionInput) {
    return this.providers.find(({ id }) => id === provider)?.credentials ?? [];
  }

  throwIfFailing(name: CommandName, connection: string | null): void {
    const failure = this.failures
      .get(name)
      ?.find((one) => one.times > 0 && (one.connection === null || one.connection === connection));
    if (!failure) return;
    failure.times -= 1;
    throw new BackendError(failure.error);
  }
}
