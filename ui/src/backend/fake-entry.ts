import { appError, FakeBackend, keyringVault, sessionVault } from "./fake";
import { sampleConnection } from "./fake-data";
import { manyEvents } from "./fake-many";
import { manyRooms } from "./fake-tree";

/** A backend for looking at the window in a browser, set up by the address. */
export function fakeFromAddress(wanted: URLSearchParams): FakeBackend {
  const theme = wanted.get("theme");
  const fake = new FakeBackend({
    connections: wanted.get("start") === "none" ? "none" : wanted.has("two") ? "sample" : "six",
    vault: wanted.get("vault") === "session" ? sessionVault : keyringVault,
    theme: theme === "dark" || theme === "light" ? theme : "system",
  });
  const bulk = Number(wanted.get("bulk") ?? 0);
  if (bulk > 0) fake.bulk(bulk);
  const events = Number(wanted.get("events") ?? 0);
  if (events > 0) fake.offer = { ...fake.offer, catalogue: { events: manyEvents(events) } };
  const rooms = Number(wanted.get("rooms") ?? 0);
  if (rooms > 0) fake.nodes = manyRooms(rooms);
  if (wanted.has("waiting")) fake.wait("c-rental", 42_000);
  if (wanted.has("broken")) {
    const refused = appError("Butlr refused the client secret.", {
      kind: "unauthorised",
      vendor: { code: "401", text: "client secret was revoked" },
      advice: "Create a new token in Butlr and enter it under Edit connection.",
    });
    fake.fail("webhooks_refresh", refused, { connection: "c-lab" });
  }
  if (wanted.has("hostile")) {
    const label = `<img src=x onerror=alert(1)> \u202Eevil ${"long ".repeat(2000)}`;
    fake.put(sampleConnection({ id: "c-hostile", label, environment: "staging", readOnly: true }), [
      {
        id: "webhook_hostile",
        values: {
          name: label,
          url: `https://${"a".repeat(3000)}.example/<b>`,
          events: [label, "TRAFFIC"],
          timeout: 10,
        },
        preserved: [label],
        version: 1,
      },
    ]);
  }
  return fake;
}
