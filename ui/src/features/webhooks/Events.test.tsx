import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { manyEvents } from "~/backend/fake-many";
import type { EventMark } from "~/bindings/EventMark";
import { expectAccessible, renderApp } from "../../../test/render-app";
import { fitting } from "./fitting";

async function ready(backend = new FakeBackend()) {
  const user = renderApp(backend);
  await screen.findByText(/^Read \d\d:\d\d$/);
  return { user, backend };
}

const rowOf = (title: string) =>
  screen
    .getByText(title, { selector: "[role=gridcell] bdi" })
    .closest<HTMLElement>("[role=row]") as HTMLElement;
const titles = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => row.querySelector("bdi")?.textContent);

/** A sample backend whose "Echo" has many events, of which one is marked and one unknown. */
function withMany(mark: EventMark = "deprecated") {
  const backend = new FakeBackend();
  const { catalogue } = backend.offer;
  const made = manyEvents(30).map((event) => ({ ...event, mark: null, remark: null }));
  const old = { ...made[0], id: "OLD_EVENT", label: "Old", mark, remark: "Another takes its place." };
  backend.offer = { ...backend.offer, catalogue: { events: [...catalogue.events, ...made, old as never] } };
  const echo = [...backend.webhooks].flatMap(([connection, all]) =>
    all.filter(({ values }) => values["name"] === "Echo").map(({ id }) => ({ connection, id })),
  )[0];
  if (!echo) throw new Error("no sample");
  const events = ["TRAFFIC", "OLD_EVENT", "GONE_EVENT", ...made.map(({ id }) => id)];
  backend.changeBehind(echo, { events });
  return { backend, events };
}

test("a column takes as many names as it has room for, and always the first", () => {
  const events = ["ROOM_OCCUPANCY", "TRAFFIC", "PIR_NO_MOTION"];
  expect(fitting(events, 0)).toBe(1);
  expect(fitting(events, 206)).toBe(2);
  expect(fitting(events, 400)).toBe(3);
  // The last needs no room for a number behind it.
  expect(fitting(["ab", "cd"], 60)).toBe(2);
  expect(fitting(["ab", "cd", "ef"], 60)).toBe(1);
  expect(fitting([], 100)).toBe(0);
});

test("a wide column shows the names, each with its whole text, and a number for the others", async () => {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    return new DOMRect(0, 0, this.matches("[data-column]") ? 224 : 0, 0);
  });
  await ready();
  const row = within(rowOf("Cleaning on demand"));
  expect(row.getByTitle("ROOM_OCCUPANCY")).toHaveTextContent("ROOM_OCCUPANCY");
  expect(row.getByTitle("TRAFFIC")).toBeVisible();
  expect(row.queryByTitle("PIR_NO_MOTION")).toBeNull();
  expect(row.getByRole("button", { name: "All 3 events" })).toHaveTextContent("+1");
});

test("the popover lists labels and marks, is searched like the picker, and filters by an event", async () => {
  const { backend, events } = withMany();
  const { user } = await ready(backend);
  await user.click(within(rowOf("Echo")).getByRole("button", { name: `All ${events.length} events` }));
  const popover = within(await screen.findByRole("dialog", { name: "Events" }));
  expect(popover.getAllByRole("listitem")).toHaveLength(events.length);
  expect(await popover.findByText("Another takes its place.")).toBeVisible();
  await expectAccessible(screen.getByRole("dialog", { name: "Events" }));
  await user.type(popover.getByRole("searchbox", { name: "Search these events" }), "not offered");
  expect(popover.queryAllByRole("listitem")).toHaveLength(0);
  await user.clear(popover.getByRole("searchbox"));
  await user.type(popover.getByRole("searchbox"), "deprecated");
  expect(popover.getAllByRole("listitem")).toHaveLength(1);
  await user.click(popover.getByRole("button", { name: "Filter by OLD_EVENT" }));
  expect(titles()).toEqual(["Echo"]);
  expect(screen.getByRole("button", { name: "Event: OLD_EVENT" })).toBeVisible();
});

test("a chip's menu filters by its event, and the keyboard reaches all of them", async () => {
  const { user } = await ready();
  fireEvent.contextMenu(within(rowOf("Door traffic to Grafana")).getByTitle("TRAFFIC"));
  await user.click(await screen.findByRole("menuitem", { name: "Filter by TRAFFIC" }));
  expect(titles()).toHaveLength(5);
  await user.click(rowOf("Echo"));
  await user.keyboard("{Shift>}{F10}{/Shift}");
  await user.click(await screen.findByRole("menuitem", { name: "Show 4 events" }));
  const popover = within(await screen.findByRole("dialog", { name: "Events" }));
  await user.click(popover.getByRole("button", { name: "Filter by ZONE_OCCUPANCY" }));
  expect(screen.getByRole("button", { name: "Event: ZONE_OCCUPANCY" })).toBeVisible();
});

test("the filter of many events is searched by what is known of them, and shows their marks", async () => {
  const { backend } = withMany("custom");
  const { user } = await ready(backend);
  await user.click(screen.getByText("Echo", { selector: "bdi" }));
  await screen.findByText("Another takes its place.");
  await user.click(screen.getByRole("button", { name: "Event" }));
  const box = await screen.findByRole("searchbox", { name: "Search events" });
  await user.type(box, "custom");
  await waitFor(() => expect(screen.getAllByRole("menuitemcheckbox")).toHaveLength(1));
  expect(screen.getByRole("menuitemcheckbox", { name: /^OLD_EVENT/ })).toHaveTextContent("Custom");
  await expectAccessible();
  await user.keyboard("{ArrowDown}{Enter}{Escape}{Escape}");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  expect(titles()).toEqual(["Echo"]);
});

test("the details list all events with their labels, searched when there are many", async () => {
  const { backend, events } = withMany("undocumented");
  const { user } = await ready(backend);
  await user.click(screen.getByText("Echo", { selector: "bdi" }));
  const panel = within(await screen.findByRole("complementary", { name: "Details" }));
  const list = await panel.findByRole("list", { name: "Events of this webhook" });
  expect(within(list).getAllByRole("listitem")).toHaveLength(events.length);
  expect(within(list).getByText("Undocumented")).toBeVisible();
  expect(within(list).getByText("Not offered here")).toBeVisible();
  await user.type(panel.getByRole("searchbox", { name: "Search these events" }), "doors traffic");
  expect(panel.getByText("No event matches this search.")).toBeVisible();
  await user.clear(panel.getByRole("searchbox"));
  await user.type(panel.getByRole("searchbox"), "passing door");
  expect(
    within(list)
      .getAllByRole("listitem")
      .map((one) => one.textContent),
  ).toEqual(["TRAFFICTraffic"]);
  await expectAccessible(screen.getByRole("complementary", { name: "Details" }));
});

test("a few events need no search", async () => {
  const { user } = await ready();
  await user.click(screen.getByText("Motion trial", { selector: "bdi" }));
  const panel = within(await screen.findByRole("complementary", { name: "Details" }));
  expect(await panel.findByText("No motion")).toBeVisible();
  expect(panel.queryByRole("searchbox")).toBeNull();
});
