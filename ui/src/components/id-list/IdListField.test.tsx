import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import type { FieldOption } from "~/bindings/FieldOption";
import { IdListField } from "./IdListField";

const floors: FieldOption[] = [
  { value: "space_1", label: "Floor 1", detail: "Oslo / Havnegata 12" },
  { value: "space_2", label: "Floor 2", detail: "Oslo / Havnegata 12" },
];

type HarnessProps = { start?: string[]; options?: FieldOption[] | undefined; problem?: string | null };

function Harness({ start = [], options = floors, problem = null }: HarnessProps) {
  const [ids, setIds] = useState(start);
  return (
    <>
      <IdListField
        label="Floors"
        noun="floor"
        prefix="space_"
        providerName="Example"
        ids={ids}
        onChange={setIds}
        options={problem === null ? options : undefined}
        isLoading={false}
        problem={problem}
        onRetry={() => undefined}
        onNeedOptions={() => undefined}
      />
      <output aria-label="ids">{ids.join(",")}</output>
    </>
  );
}

const ids = () => screen.getByLabelText("ids").textContent;
const box = () => screen.getByRole("combobox", { name: "Floors" });

it("finds by name or place and adds the id", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.type(box(), "havnegata 2");
  await user.click(await screen.findByRole("option", { name: /Floor 2/ }));
  expect(ids()).toBe("space_2");
});

it("takes several pasted ids at once, without doubles", async () => {
  const user = userEvent.setup();
  render(<Harness start={["space_1"]} />);
  await user.click(box());
  await user.paste("space_1, space_8\nspace_9");
  expect(ids()).toBe("space_1,space_8,space_9");
});

it("keeps an id that is not found and says so until it is removed", async () => {
  const user = userEvent.setup();
  render(<Harness start={["space_1", "space_gone"]} />);
  const chips = screen.getByRole("list", { name: "Floors, chosen" });
  expect(within(chips).getByText("space_gone")).toBeVisible();
  expect(screen.getByText("One ID is not found at Example. Kept until you remove it.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Remove space_gone" }));
  expect(ids()).toBe("space_1");
});

it("takes a typed id when the options cannot be read, and advises on the prefix", async () => {
  const user = userEvent.setup();
  render(<Harness problem="No answer." />);
  expect(screen.getByText(/could not be read: No answer\. Ids can be typed\./)).toBeVisible();
  await user.type(box(), "room_7{Enter}");
  expect(ids()).toBe("room_7");
  expect(screen.getByText(/usually starts with/)).toBeVisible();
});

it("does not take the words of a search for ids", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.type(box(), "no such floor");
  await user.tab();
  expect(ids()).toBe("");
});
