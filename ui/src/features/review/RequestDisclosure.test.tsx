import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { RequestPreview } from "~/bindings/RequestPreview";
import { expectAccessible } from "../../../test/render-app";
import { RequestDisclosure } from "./RequestDisclosure";

const request = (over: Partial<RequestPreview> = {}): RequestPreview => ({
  title: "Save the webhook",
  method: "PUT",
  url: "https://api.example/hooks/1",
  headers: [["authorization", "Bearer $TOKEN"]],
  body: '{"a":1}',
  curl: "curl --request PUT 'https://api.example/hooks/1' --header \"authorization: Bearer $TOKEN\"",
  graphql: null,
  ...over,
});

async function open(requests: RequestPreview[]) {
  const user = userEvent.setup();
  const view = render(<RequestDisclosure requests={requests} />);
  await user.click(screen.getByRole("button", { name: /^The exact request/ }));
  const choose = async (request: RegExp, entry: string) => {
    await user.click(screen.getByRole("button", { name: request }));
    await user.click(within(screen.getByRole("menu")).getByRole("menuitem", { name: entry }));
  };
  return { user, choose, ...view };
}

const copied = () => navigator.clipboard.readText();

it("copies a request as it is shown, as curl and as GraphQL, and says which", async () => {
  const { choose, container } = await open([request({ graphql: "mutation { save }" })]);
  expect(screen.getByText(/secrets stand as environment variables/)).toBeVisible();
  await choose(/^Copy request/, "Copy as curl");
  expect(await screen.findByText("Copied as curl")).toBeVisible();
  expect(await copied()).toBe(request().curl);
  await choose(/^Copy request/, "Copy as GraphQL");
  expect(await screen.findByText("Copied as GraphQL")).toBeVisible();
  expect(await copied()).toBe("mutation { save }");
  await choose(/^Copy request/, "Copy as shown");
  expect(await screen.findByText("Copied as shown")).toBeVisible();
  expect(await copied()).toBe('PUT https://api.example/hooks/1\nauthorization: Bearer $TOKEN\n\n{"a":1}');
  await expectAccessible(container);
});

it("offers no command where there is none", async () => {
  const { user } = await open([request({ curl: "" }), request({ curl: "", title: "Second" })]);
  expect(screen.queryByText(/environment variables/)).toBeNull();
  expect(screen.queryByRole("button", { name: "Copy all as curl" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Copy request: Second" }));
  expect(screen.getAllByRole("menuitem").map(({ textContent }) => textContent)).toEqual(["Copy as shown"]);
});

it("copies all commands, each under its title, whatever stands in it", async () => {
  const { user } = await open([
    request({ curl: "curl 1" }),
    request({ title: "Switch\non", curl: "curl 2" }),
    request({ title: "None", curl: "" }),
  ]);
  await user.click(screen.getByRole("button", { name: "Copy all as curl" }));
  expect(await screen.findByText("Copied all as curl")).toBeVisible();
  expect(await copied()).toBe("# Save the webhook\ncurl 1\n\n# Switch on\ncurl 2\n");
});

it("says that copying was refused, and can show long lines unwrapped", async () => {
  const { user, choose } = await open([request()]);
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("no"));
  await choose(/^Copy request/, "Copy as curl");
  expect(await screen.findByText("Copying was refused. Select the text instead.")).toBeVisible();
  const code = screen.getByLabelText("Save the webhook, 1 header");
  expect(code).toHaveAttribute("data-wrap");
  await user.click(screen.getByRole("checkbox", { name: "Wrap lines" }));
  expect(code).not.toHaveAttribute("data-wrap");
});
