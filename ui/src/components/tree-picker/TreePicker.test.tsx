import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { TreePicker, type TreePickerProps } from "./TreePicker";
import type { Selection, TreeNode } from "./types";

const node = (list: string, id: string, label: string, children: TreeNode[] = []): TreeNode => ({
  list,
  id,
  label,
  children,
});
const nodes = [
  node("site", "s1", "Oslo", [
    node("floor", "space_1", "Floor 1", [node("room", "room_1", "Fjord"), node("room", "room_2", "Skagen")]),
    node("floor", "space_2", "Floor 2", [node("room", "room_3", "Fjell")]),
  ]),
  node("site", "s2", "Bergen"),
];
const labels = {
  site: { one: "site", many: "sites" },
  floor: { one: "floor", many: "floors" },
  room: { one: "room", many: "rooms" },
};

type HarnessProps = { start?: Selection } & Partial<TreePickerProps>;

function Harness({ start = {}, ...more }: HarnessProps) {
  const [selected, setSelected] = useState(start);
  return (
    <>
      <TreePicker
        label="Spaces"
        noun={{ one: "space", many: "spaces" }}
        listLabels={labels}
        nodes={nodes}
        selected={selected}
        onChange={setSelected}
        isLoading={false}
        problem={null}
        onRetry={() => undefined}
        providerName="Example"
        prefixes={{ floor: "space_", room: "room_" }}
        {...more}
      />
      <output aria-label="stored">{JSON.stringify(selected)}</output>
    </>
  );
}

const stored = () => JSON.parse(screen.getByLabelText("stored").textContent) as Selection;
const item = (name: string | RegExp) => screen.getByRole("treeitem", { name });
const search = () => screen.getByRole("searchbox", { name: "Search spaces by name or ID" });

it("stores a floor by its own id and shows its rooms as included", async () => {
  const user = userEvent.setup();
  render(<Harness start={{ room: ["room_1"] }} />);
  expect(item("Oslo")).toHaveAttribute("aria-checked", "mixed");
  await user.click(item("Floor 1"));
  expect(stored()).toEqual({ room: [], floor: ["space_1"] });
  expect(screen.getByText("Floor 1 now includes the 1 space chosen before.")).toBeVisible();
  item("Floor 1").focus();
  await user.keyboard("{ArrowRight}");
  expect(item("Fjord, through Floor 1")).toBeChecked();
  await user.click(item("Fjord, through Floor 1"));
  expect(stored()).toEqual({ room: [], floor: ["space_1"] });
  expect(
    screen.getByText("Included through Floor 1. Untick Floor 1 to choose rooms one by one."),
  ).toBeVisible();
});

it("is a tree for the keyboard: one tab stop, arrows, ends, star, letters, Space", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.click(search());
  await user.keyboard("{ArrowDown}");
  expect(item("Oslo")).toHaveFocus();
  expect(screen.getAllByRole("treeitem").filter((one) => one.tabIndex === 0)).toHaveLength(1);
  await user.keyboard("{ArrowRight}");
  expect(item("Floor 1")).toHaveFocus();
  await user.keyboard("*{ArrowRight} ");
  expect(stored()).toEqual({ room: ["room_1"] });
  expect(item("Fjell")).toHaveAttribute("aria-level", "3");
  await user.keyboard("{ArrowLeft}");
  expect(item("Floor 1")).toHaveFocus();
  await user.keyboard("{ArrowLeft}");
  expect(screen.queryByRole("treeitem", { name: "Fjord" })).toBeNull();
  await user.keyboard("{End}");
  expect(item("Bergen")).toHaveFocus();
  await user.keyboard("fje");
  expect(item("Fjell")).toHaveFocus();
  await user.keyboard("{Home}{ArrowLeft}");
  expect(item("Oslo")).toHaveAttribute("aria-expanded", "false");
  expect(item("Oslo")).toHaveFocus();
});

it("finds in closed branches, marks the letters and says how many", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.type(search(), "fje");
  expect(item("Fjell")).toBeVisible();
  expect(within(item("Fjell")).getByText("Fje").tagName).toBe("MARK");
  expect(item("Floor 2")).toHaveAttribute("aria-setsize", "1");
  expect(screen.queryByRole("treeitem", { name: "Floor 1" })).toBeNull();
  expect(screen.getByText(/1 found/)).toBeVisible();
  await user.type(search(), "x");
  expect(screen.getByText("No space matches this search.")).toBeVisible();
});

it("shows chips with their places, and keeps ids the provider does not know until they are removed", async () => {
  const user = userEvent.setup();
  render(<Harness start={{ floor: ["space_2"], room: ["room_gone"] }} />);
  const chips = screen.getByRole("list", { name: "Spaces, chosen" });
  expect(within(chips).getByText("Oslo / Floor 2")).toBeVisible();
  expect(within(chips).getByText(/not found at Example/)).toBeVisible();
  await user.click(item("Bergen"));
  expect(stored()).toEqual({ floor: ["space_2"], room: ["room_gone"], site: ["s2"] });
  await user.click(screen.getByRole("button", { name: "Remove room_gone" }));
  expect(stored().room).toEqual([]);
  expect(screen.getByRole("button", { name: "Remove Bergen" })).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Clear" }));
  expect(stored()).toEqual({ floor: [], room: [], site: [] });
});

it("calls no id missing while the nodes are not known", () => {
  render(<Harness start={{ floor: ["space_2"] }} nodes={undefined} isLoading />);
  expect(screen.getByText("space_2")).toBeVisible();
  expect(screen.queryByText(/not found/)).toBeNull();
  expect(screen.getByText("Reading spaces…")).toBeInTheDocument();
});

it("says why nothing could be read, and tries again", async () => {
  const user = userEvent.setup();
  const onRetry = vi.fn();
  render(<Harness nodes={undefined} problem="Timed out." onRetry={onRetry} />);
  expect(screen.getByText("Timed out.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalledOnce();
});

it("takes pasted ids, asks for the kind of those that do not say it", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.click(screen.getByRole("button", { name: "Add by ID" }));
  await user.click(screen.getByRole("textbox", { name: "IDs of spaces" }));
  await user.paste("space_7, room_9\nodd");
  expect(screen.getByText("1 floor, 1 room, 1 of unknown kind")).toBeVisible();
  expect(screen.getByRole("button", { name: "Add 3 IDs" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: /Kind of odd/ }));
  await user.click(screen.getByRole("option", { name: "site" }));
  await user.click(screen.getByRole("button", { name: "Add 3 IDs" }));
  expect(stored()).toEqual({ floor: ["space_7"], room: ["room_9"], site: ["odd"] });
});

it("shows ids on request and copies one", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  expect(screen.queryByText("space_1")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Show IDs" }));
  expect(screen.getByText("space_1")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Copy space_1" }));
  expect(await navigator.clipboard.readText()).toBe("space_1");
  expect(await screen.findByText("Copied space_1.")).toBeVisible();
  expect(stored()).toEqual({});
});

it("changes nothing while disabled, but can be looked through", async () => {
  const user = userEvent.setup();
  render(<Harness start={{ floor: ["space_1"] }} isDisabled />);
  await user.click(item("Bergen"));
  item("Oslo").focus();
  await user.keyboard(" {ArrowDown}");
  expect(item("Floor 1")).toHaveFocus();
  expect(stored()).toEqual({ floor: ["space_1"] });
  expect(screen.queryByRole("button", { name: /Remove|Add by ID/ })).toBeNull();
});

it("draws a window of thousands of nodes with true positions, and reaches the last", async () => {
  // jsdom lays nothing out; the window onto the tree needs a height.
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(364);
  const user = userEvent.setup();
  const many = Array.from({ length: 5000 }, (_, at) => node("room", `r${at}`, `Room ${at}`));
  render(<Harness nodes={many} />);
  expect(screen.getAllByRole("treeitem").length).toBeLessThan(60);
  expect(item("Room 3")).toHaveAttribute("aria-setsize", "5000");
  expect(item("Room 3")).toHaveAttribute("aria-posinset", "4");
  item("Room 0").focus();
  await user.keyboard("{End} ");
  expect(item("Room 4999")).toHaveFocus();
  expect(stored()).toEqual({ room: ["r4999"] });
});

it("has no accessibility violations", async () => {
  const user = userEvent.setup();
  const { container } = render(<Harness start={{ floor: ["space_1"], room: ["gone"] }} />);
  await user.click(screen.getByRole("button", { name: "Show IDs" }));
  item("Floor 1").focus();
  await user.keyboard("{ArrowRight}");
  await user.click(screen.getByRole("button", { name: "Add by ID" }));
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations).toEqual([]);
});

it("opens the branches to what is chosen, unless they are many", () => {
  const more = ["s3", "s4", "s5"].map((id) =>
    node("site", id, id, [node("floor", `in_${id}`, `Floor of ${id}`)]),
  );
  const many = Array.from({ length: 20 }, (_, at) =>
    node("site", `m${at}`, `Site ${at}`, [node("floor", `f${at}`, `Floor ${at}`)]),
  );
  const { unmount } = render(
    <Harness nodes={[...nodes, ...more]} start={{ room: ["room_3"], floor: ["gone"] }} />,
  );
  expect(item("Oslo")).toHaveAttribute("aria-expanded", "true");
  expect(item("Floor 2")).toHaveAttribute("aria-expanded", "true");
  expect(item("Floor 1")).toHaveAttribute("aria-expanded", "false");
  expect(item("Fjell")).toBeVisible();
  expect(item("s3")).toHaveAttribute("aria-expanded", "false");
  unmount();

  render(<Harness nodes={many} start={{ floor: many.map((_, at) => `f${at}`) }} />);
  expect(screen.queryByRole("treeitem", { name: "Floor 0" })).not.toBeInTheDocument();
});
