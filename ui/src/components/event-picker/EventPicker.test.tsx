import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { EventType } from "~/bindings/EventType";
import { EventPicker, type EventPickerProps } from "./EventPicker";

const event = (id: string, group: string, description: string | null = null): EventType => ({
  id,
  label: id.toLowerCase(),
  group,
  description,
  mark: null,
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
  ...more
}: {
  start?: string[];
  offered?: EventType[];
} & Partial<EventPickerProps>) {
  const [selected, setSelected] = useState(start);
  return (
    <>
      <EventPicker label="Events" events={offered} selected={selected} onChange={setSelected} {...more} />
      <output aria-label="chosen">{selected.join(",")}</output>
    </>
  );
}

const chosen = () => screen.getByLabelText("chosen").textContent;
const box = (name: string | RegExp) => screen.getByRole("treeitem", { name });
const search = () => screen.getByRole("searchbox", { name: "Search events" });
const many = (count: number) => Array.from({ length: count }, (_, at) => event(`EVENT_${at}`, "Many"));

it("chooses with the keyboard: one tab stop, arrows move, Space toggles, Left closes a group", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.click(screen.getByRole("searchbox", { name: "Search events" }));
  await user.keyboard("{ArrowDown}");
  expect(box(/^Occupancy/)).toHaveFocus();
  expect(screen.getAllByRole("treeitem").filter((one) => one.tabIndex === 0)).toHaveLength(1);
  await user.keyboard("{ArrowDown} {ArrowDown} ");
  expect(chosen()).toBe("ROOM,FLOOR");
  expect(box(/^Occupancy/)).toHaveAttribute("aria-checked", "mixed");
  await user.keyboard("{Home}{ArrowLeft}{ArrowDown}");
  expect(screen.queryByRole("treeitem", { name: "ROOM" })).toBeNull();
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

it("draws only a window of thousands of events, says where each stands, and reaches the last", async () => {
  const user = userEvent.setup();
  render(<Harness offered={many(3000)} />);
  expect(screen.getAllByRole("treeitem").length).toBeLessThan(100);
  expect(box("EVENT_7")).toHaveAttribute("aria-posinset", "8");
  expect(box("EVENT_7")).toHaveAttribute("aria-setsize", "3000");
  expect(box("EVENT_7")).toHaveAttribute("aria-level", "2");
  expect(box("Many, 0 of 3,000 selected")).toHaveAttribute("aria-expanded", "true");
  act(() => box("EVENT_0").focus());
  await user.keyboard("{End} ");
  expect(box("EVENT_2999")).toHaveFocus();
  await user.keyboard("{PageUp}{PageDown}{Home}{ArrowDown} ");
  expect(chosen()).toBe("EVENT_2999,EVENT_0");
});

it("numbers the marks of a radio group through all groups", () => {
  render(<Harness mode="one" />);
  const last = screen.getByRole("radio", { name: "TRAFFIC" });
  expect(last).toHaveAttribute("aria-posinset", "4");
  expect(last).toHaveAttribute("aria-setsize", "4");
});

it("says what is shown and selected once the typing has paused, not at each letter", async () => {
  const user = userEvent.setup();
  render(<Harness offered={many(5000)} />);
  const said = () => screen.getAllByRole("status").map((one) => one.textContent);
  await user.type(search(), "event_12");
  expect(said().join("")).toBe("");
  await waitFor(() => expect(said()).toContain("111 of 5,000 events shown"));
  await user.click(box(/^Many/));
  await waitFor(() => expect(said()).toContain("111 selected"));
});

it("finds every word in id, label, description and mark, and marks the letters without markup", async () => {
  const user = userEvent.setup();
  const odd = event("order.<b>x</b>", "Orders", "When an order is <img src=x> paid.");
  const old = {
    ...event("order.concept", "Orders"),
    mark: "deprecated" as const,
    remark: "Use draft instead.",
  };
  render(<Harness offered={[odd, old, event("cart.open", "Carts")]} />);
  await user.type(search(), "<IMG order.<b");
  const line = box("order.<b>x</b>");
  expect(within(line).getByText("<img").tagName).toBe("MARK");
  expect(within(line).getByText("order.<b").tagName).toBe("MARK");
  expect(line.querySelector("img, b")).toBeNull();
  expect(screen.queryByRole("treeitem", { name: "cart.open" })).toBeNull();
  await user.clear(search());
  await user.type(search(), "deprecated");
  expect(screen.getAllByRole("treeitem").map((one) => one.getAttribute("aria-label"))).toEqual([
    "Orders, 0 of 1 selected",
    "order.concept",
  ]);
  expect(within(box("order.concept")).getByText("Deprecated")).toBeVisible();
  expect(box("order.concept")).toHaveAccessibleDescription(/Deprecated\. Use draft instead\.$/);
  act(() => box("order.concept").focus());
  expect(screen.getByText("order.concept: Use draft instead.")).toBeVisible();
});

it("goes on typing from the list into the search, and Escape clears it, then leaves", async () => {
  const user = userEvent.setup();
  const outside = vi.fn<(key: string) => void>();
  render(
    <div onKeyDown={(pressed) => outside(pressed.key)}>
      <Harness />
    </div>,
  );
  act(() => box("ROOM").focus());
  await user.keyboard("zo");
  expect(search()).toHaveFocus();
  expect(search()).toHaveValue("zo");
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(box("ZONE")).toHaveFocus();
  outside.mockClear();
  await user.keyboard("{Escape}");
  expect(search()).toHaveValue("");
  expect(box("ZONE")).toHaveFocus();
  expect(outside).not.toHaveBeenCalled();
  await user.keyboard("{Escape}");
  expect(outside).toHaveBeenCalledWith("Escape");
});

it("opens and closes groups by keys, and ticks everything shown with Ctrl A", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  act(() => box("FLOOR").focus());
  await user.keyboard("{ArrowLeft}");
  expect(box(/^Occupancy/)).toHaveFocus();
  await user.keyboard("{ArrowLeft}");
  expect(box(/^Occupancy/)).toHaveAttribute("aria-expanded", "false");
  await user.keyboard("{ArrowRight}{ArrowRight}");
  expect(box("ROOM")).toHaveFocus();
  await user.keyboard("{Control>}a{/Control}");
  expect(chosen()).toBe("ROOM,FLOOR,ZONE,TRAFFIC");
  expect(box("Occupancy, 3 of 3 selected")).toBeChecked();
});

it("selects all, all shown, and shows the selected alone without taking away what is unticked", async () => {
  const user = userEvent.setup();
  render(<Harness offered={[...many(12), event("OTHER", "Else")]} start={["EVENT_3", "GONE"]} />);
  await user.type(search(), "event_1");
  await user.click(screen.getByRole("button", { name: "Select all shown" }));
  expect(chosen()).toBe("EVENT_3,GONE,EVENT_1,EVENT_10,EVENT_11");
  await user.clear(search());
  await user.click(screen.getByRole("button", { name: "Selected only" }));
  expect(screen.getAllByRole("treeitem")).toHaveLength(7);
  await user.click(box("EVENT_3"));
  expect(box("EVENT_3")).not.toBeChecked();
  await user.click(screen.getByRole("button", { name: "Selected only" }));
  await user.click(screen.getByRole("button", { name: "Select all" }));
  expect(chosen().split(",")).toHaveLength(14);
  await user.click(screen.getByRole("button", { name: "Clear" }));
  expect(chosen()).toBe("");
});

it("groups by the beginning of the ids where that differs from the provider's groups", async () => {
  const user = userEvent.setup();
  const verbs = ["made", "paid", "sent", "left", "lost"];
  const ids = [...verbs.flatMap((verb) => [`order.${verb}`, `cart.${verb}`]), "loner"];
  const { unmount } = render(<Harness offered={ids.map((id) => event(id, "All"))} start={["gone.x"]} />);
  expect(box("All, 0 of 11 selected")).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "Prefix" }));
  const heads = screen.getAllByRole("treeitem").filter((one) => one.getAttribute("aria-level") === "1");
  expect(heads.map((one) => one.getAttribute("aria-label")?.split(",")[0])).toEqual([
    "order.",
    "cart.",
    "Other events",
    "Not offered by this organisation",
  ]);
  unmount();
  render(<Harness offered={ids.slice(0, 10).map((id) => event(id, id.slice(0, 4)))} />);
  expect(screen.queryByRole("radio", { name: "Prefix" })).toBeNull();
});

it("says where else an event stands", () => {
  const alsoIn = new Map([
    ["ROOM", ["Lobby"]],
    ["ZONE", ["Lobby", "Desks", "Doors"]],
  ]);
  render(<Harness alsoIn={alsoIn} />);
  expect(within(box("ROOM")).getByText("Also in Lobby")).toBeVisible();
  expect(box("ZONE")).toHaveAccessibleDescription(/Also in Lobby and 2 more/);
  expect(within(box("FLOOR")).queryByText(/Also in/)).toBeNull();
});

describe("pasting", () => {
  it("selects the known ids of a list after showing what it knows", async () => {
    const user = userEvent.setup();
    render(<Harness start={["TRAFFIC"]} />);
    await user.click(search());
    await user.paste("ROOM, floor\nZONE;TRAFFIC foo.bar");
    expect(search()).toHaveValue("");
    const bar = within(screen.getByRole("group", { name: "Pasted events" }));
    expect(bar.getByRole("status")).toHaveTextContent("Select 4 of 5 pasted; 1 is not offered: foo.bar");
    expect(chosen()).toBe("TRAFFIC");
    expect(bar.getByRole("button", { name: "Select 4" })).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(chosen()).toBe("TRAFFIC,ROOM,FLOOR,ZONE");
    expect(search()).toHaveFocus();
    expect(screen.queryByRole("group", { name: "Pasted events" })).toBeNull();
  });

  it("changes nothing when refused, or when nothing is new", async () => {
    const user = userEvent.setup();
    render(<Harness start={["ROOM", "ZONE"]} />);
    await user.click(search());
    await user.paste("ROOM\nTRAFFIC");
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    await user.paste("ROOM ZONE");
    expect(screen.getByText(/^Selected already: all 2 pasted/)).toBeVisible();
    await user.keyboard("{Escape}");
    expect(chosen()).toBe("ROOM,ZONE");
  });

  it("leaves words to the search", async () => {
    const user = userEvent.setup();
    render(<Harness />);
    await user.click(search());
    await user.paste("people in a ROOM");
    expect(search()).toHaveValue("people in a ROOM");
    expect(box("ROOM")).toBeVisible();
  });
});

describe.each(["light", "dark"])("in the %s theme", (theme) => {
  it.each(["one", "many"] as const)("has no accessibility violations with mode %s", async (mode) => {
    document.documentElement.dataset["theme"] = theme;
    const user = userEvent.setup();
    const marked = { ...event("OLD", "Movement"), mark: "custom" as const, remark: "Of this organisation." };
    const offered = [...events, marked, ...many(12)];
    const alsoIn = new Map([["ROOM", ["Lobby"]]]);
    const { container } = render(<Harness start={["ROOM", "LEGACY"]} {...{ mode, offered, alsoIn }} />);
    if (mode === "many") {
      await user.click(search());
      await user.paste("ROOM, ZONE, nothing");
    }
    const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(violations).toEqual([]);
    delete document.documentElement.dataset["theme"];
  });
});
