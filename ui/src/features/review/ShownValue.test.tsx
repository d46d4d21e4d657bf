import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { ShownValue } from "./ShownValue";

const items = (list: string[]) => ({ type: "list" as const, items: list });
const texts = () => screen.getAllByRole("listitem").map(({ textContent }) => textContent);

it("keeps what joins the conditions above them", () => {
  render(
    <ShownValue
      value={items(["all of:", "a equals 1", "b equals 2"])}
      other={items(["all of:", "a equals 1"])}
    />,
  );
  expect(texts()).toEqual(["all of:", "added: b equals 2", "a equals 1"]);
});

it("marks another way to join, and the same item as often as it is new", () => {
  render(<ShownValue value={items(["any of:", "a", "a"])} other={items(["all of:", "a", "b"])} />);
  expect(texts()).toEqual(["added: any of:", "added: a", "a"]);
});
