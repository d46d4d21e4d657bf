import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import type { EventType } from "~/bindings/EventType";
import { EventPicker } from "./EventPicker";

const event = (id: string, group: string, description: string | null = null): EventType => ({
  id,
  label: id.toLowerCase(),
  group,
  description,
  remark: null,
});
const events = [
  event("ROOM", "Occupancy", "People in a room."),
  event("FLOOR", "Occupancy"),
  event("ZONE", "Occupancy"),
  event("TRAFFIC", "Movement"),
];

function Harness({
  start = [],
  offered = events,
  mode = "many",
}: {
  start?: string[];
  offered?: EventType[];
  mode?: "one" | "many";
}) {
  const [selected, setSelected] = useState(start);
  return (
    <>
      <EventPicker label="Events" events={offered} selected={selected} onChange={setSelected} mode={mode} />
      <output aria-label="chosen">{selected.join(",")}</output>
    </>
  );
}

const chosen = () => screen.getByLabelText("chosen").textContent;
const box = (name: string | RegExp) => screen.getByRole("checkbox", { name });

it("chooses with the keyboard: one tab stop, arrows move, Space toggles, Left closes a group", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.click(screen.getByRole("searchbox", { name: "Search events" }));
  await user.tab();
  expect(box(/^Occupancy/)).toHaveFocus();
  await user.keyboard("{ArrowDown} {ArrowDown} ");
  expect(chosen()).toBe("ROOM,FLOOR");
  expect(box(/^Occupancy/)).toBePartiallyChecked();
  await user.keyboard("{Home}{ArrowLeft}{ArrowDown}");
  expect(screen.queryByRole("checkbox", { name: "ROOM" })).toBeNull();
  expect(box(/^Movement/)).toHaveFocus();
});

it("ticks a whole group, and only what was found while a search is active", async () => {
  const user = userEvent.setup();
  render(<Harness start={["TRAFFIC"]} />);
  await user.click(box(/^Occupancy/));
  expect(chosen()).toBe("TRAFFIC,ROOM,FLOOR,ZONE");
  await user.type(screen.getByRole("searchbox"), "zone");
  expect(screen.getByText(/a group box changes only the events shown/)).toBeVisible();
  await user.click(box(/^Occupancy/));
  expect(chosen()).toBe("TRAFFIC,ROOM,FLOOR");
});

it("keeps an event the catalogue lacks, marks it, and lets it be put back", async () => {
  const user = userEvent.setup();
  render(<Harness start={["LEGACY", "ROOM"]} />);
  expect(box(/^Not offered by this organisation/)).toBeChecked();
  await user.click(box("ZONE"));
  expect(chosen()).toBe("LEGACY,ROOM,ZONE");
  await user.click(box("LEGACY"));
  expect(chosen()).toBe("ROOM,ZONE");
  await user.click(box("LEGACY"));
  expect(chosen()).toBe("ROOM,ZONE,LEGACY");
});

it("offers radio marks where a webhook has one event", async () => {
  const user = userEvent.setup();
  render(<Harness start={["ROOM"]} mode="one" />);
  expect(screen.getByRole("radio", { name: "ROOM" })).toBeChecked();
  await user.click(screen.getByRole("radio", { name: "TRAFFIC" }));
  expect(chosen()).toBe("TRAFFIC");
  await user.keyboard("{ArrowUp} ");
  expect(chosen()).toBe("ZONE");
});

it("draws only a window of thousands of events and still reaches the last", async () => {
  // jsdom lays nothing out; the window onto the list needs a height.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(364);
  const user = userEvent.setup();
  render(<Harness offered={Array.from({ length: 3000 }, (_, at) => event(`EVENT_${at}`, "Many"))} />);
  expect(screen.getAllByRole("checkbox").length).toBeLessThan(100);
  expect(screen.getByRole("checkbox", { name: "EVENT_0" })).toBeVisible();
  await user.click(box("EVENT_0"));
  await user.clear(screen.getByRole("searchbox"));
  await user.type(screen.getByRole("searchbox"), "EVENT_2999");
  await user.click(box("EVENT_2999"));
  expect(chosen()).toBe("EVENT_0,EVENT_2999");
});

it.each(["one", "many"] as const)("has no accessibility violations with mode %s", async (mode) => {
  const { container } = render(<Harness start={["ROOM", "LEGACY"]} mode={mode} />);
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations).toEqual([]);
});
