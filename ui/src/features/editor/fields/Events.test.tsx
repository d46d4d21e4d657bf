import { act, fireEvent, screen, within } from "@testing-library/react";
import { beforeAll, expect, it, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { expectAccessible, renderApp } from "../../../../test/render-app";
import { renderEdit } from "../test-screen";

vi.setConfig({ testTimeout: 60_000 });
beforeAll(stubLayout);

/** Opens a webhook from the list, so that the other webhooks are known. */
async function open(title: string, backend = new FakeBackend()) {
  const user = renderApp(backend);
  await screen.findByText(/^Read \d\d:\d\d$/);
  await user.dblClick(screen.getByText(title, { selector: "[role=gridcell] bdi" }));
  await screen.findByRole("textbox", { name: "Name" });
  return { user, backend };
}
const line = (name: string) => screen.getByRole("treeitem", { name });
const advice = () => screen.queryByText(/subscribe only once/)?.textContent ?? null;

it("says which other webhook of the organisation has an event, and advises once it is chosen", async () => {
  const { user } = await open("Door traffic to Grafana");
  expect(within(line("ZONE_OCCUPANCY")).getByText("Also in Lobby people counter and 2 more")).toBeVisible();
  expect(within(line("DETECTIONS")).getByText("Also in Evacuation headcount")).toBeVisible();
  expect(within(line("PIR_MOTION")).queryByText(/Also in/)).toBeNull();
  expect(advice()).toContain("TRAFFIC is also in");
  expect(screen.getByText("1 warning")).toBeVisible();
  await user.click(line("TRAFFIC"));
  expect(advice()).toBeNull();
  expect(screen.queryByText("1 warning")).toBeNull();
  await user.click(line("DETECTIONS"));
  expect(advice()).toBe(
    "Butlr asks to subscribe only once to each event type. DETECTIONS is also in Evacuation headcount. ",
  );
  await expectAccessible();
});

it("leaves out the webhook itself and those of other organisations", async () => {
  await open("Evacuation headcount");
  expect(line("DETECTIONS")).toHaveAttribute("aria-checked", "true");
  expect(within(line("DETECTIONS")).queryByText(/Also in/)).toBeNull();
  expect(advice()).toBeNull();
});

it("says nothing of other webhooks where an event may stand in several", async () => {
  const backend = new FakeBackend();
  const { capabilities } = backend.offer;
  backend.offer = { ...backend.offer, capabilities: { ...capabilities, repeatedEvent: null } };
  await open("Door traffic to Grafana", backend);
  expect(screen.queryByText(/Also in/)).toBeNull();
  expect(advice()).toBeNull();
});

it("asks for one sample when one runs through the events, and keeps the old one in sight until then", async () => {
  vi.stubGlobal("innerWidth", 1280);
  const { fake } = renderEdit("Cleaning on demand");
  await screen.findByRole("treeitem", { name: "TRAFFIC" });
  await screen.findByRole("textbox", { name: "Sample payload" });
  const asked = () => fake.argsOf("event_samples").map(({ event }) => event);
  const before = asked().length;
  vi.useFakeTimers({ shouldAdvanceTime: false });
  try {
    act(() => line("FLOOR_OCCUPANCY").focus());
    const keys = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"];
    for (const key of keys) {
      fireEvent.keyDown(document.activeElement as Element, { key });
      act(() => void vi.advanceTimersByTime(60));
    }
    expect(line("DETECTIONS")).toHaveFocus();
    expect(asked()).toHaveLength(before);
    expect(screen.getByRole("textbox", { name: "Sample payload" })).toBeInTheDocument();
    const release = fake.hold("event_samples");
    await act(async () => vi.advanceTimersByTimeAsync(130));
    expect(asked().slice(before)).toEqual(["DETECTIONS"]);
    expect(screen.getByRole("textbox", { name: "Sample payload" })).toBeInTheDocument();
    release();
    await act(async () => vi.advanceTimersByTimeAsync(10));
    expect(
      screen.getByText("Positions of people, 1 to 3 messages a second each.", { selector: "p bdi" }),
    ).toBeVisible();
  } finally {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  }
});
