import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { beforeAll, expect, it, vi } from "vitest";
import { appError, FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { renderEdit } from "../test-screen";

vi.setConfig({ testTimeout: 60_000 });
beforeAll(stubLayout);

const six = () => new FakeBackend({ connections: "six" });
const here = () => screen.findByRole("button", { name: "Try from this computer" });
const secretBox = async (user: ReturnType<typeof renderEdit>["user"]) => {
  const moves = within(await screen.findByRole("radiogroup", { name: "Client secret: stored value" }));
  await user.click(moves.getByRole("radio", { name: "Replace" }));
  return screen.getByLabelText("New Client secret");
};

it("is there only while a token is asked for", async () => {
  renderEdit("Meter reading intake", six());
  await screen.findByRole("textbox", { name: "User name" });
  expect(screen.queryByRole("button", { name: "Try from this computer" })).toBeNull();
});

it("needs the client secret, sends the fields of the request alone, and shows what came", async () => {
  const { fake, user, pick, container } = renderEdit("Contract sync to SAP", six());
  const button = await here();
  expect(button).toBeDisabled();
  expect(button).toHaveAccessibleDescription(
    "epilot does not hand the client secret back. Choose Replace and enter it to try it from here.",
  );
  await user.type(await secretBox(user), "new-secret");
  await user.click(button);
  expect(await screen.findByText("Token received")).toBeVisible();
  expect(screen.getByText("A Bearer token came and lasts 3600 seconds.")).toBeVisible();
  expect(
    screen.getByText(/From this computer · status 200 · 184 ms · Bearer token · lasts 60 minutes/),
  ).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Answer" }));
  expect(screen.getByLabelText("Answer to the token request")).toHaveTextContent("••••••••");
  const [request] = fake.argsOf("token_try");
  expect(request).toMatchObject({ connection: pick.connection, webhook: pick.id });
  expect(Object.keys(request?.draft.fields ?? {}).toSorted()).toEqual([
    "auth.oauth.clientId",
    "auth.oauth.clientSecret",
    "auth.oauth.endpoint",
    "auth.oauth.httpMethod",
    "auth.oauth.parameters",
  ]);
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  await user.type(screen.getByRole("textbox", { name: "Client ID" }), "2");
  expect(screen.getByText("Tried before the last change.")).toBeVisible();
});

it("asks the vendor only for what it has stored", async () => {
  const { fake, user, pick } = renderEdit("Contract sync to SAP", six());
  const ask = await screen.findByRole("button", { name: "Ask epilot" });
  await user.click(ask);
  expect(await screen.findByText(/The vendor fetched a Bearer token/)).toBeVisible();
  expect(fake.argsOf("token_ask")).toMatchObject([{ webhook: pick }]);
  await user.type(screen.getByRole("textbox", { name: "Client ID" }), "2");
  expect(ask).toBeDisabled();
  expect(ask).toHaveAccessibleDescription(/save the changes first/);
});

it("says what went wrong and what to do, and can be stopped", async () => {
  const fake = six();
  fake.tokenTrial = {
    ...fake.tokenTrial,
    ok: false,
    words: "The endpoint refused the client.",
    advice: "Check client ID and secret.",
    httpStatus: 401,
  };
  const { user } = renderEdit("Contract sync to SAP", fake);
  await user.type(await secretBox(user), "x");
  await user.click(await here());
  expect(await screen.findByText("No token")).toBeVisible();
  expect(screen.getByText("Check client ID and secret.")).toBeVisible();

  fake.hold("token_try");
  await user.click(await here());
  expect(await screen.findByText("Asking for a token…")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByText(/^Stopped\./)).toBeVisible();
  expect(fake.argsOf("operation_cancel")).toHaveLength(1);
});

it("shows an error of the host where it was asked", async () => {
  const fake = six();
  fake.fail("token_try", appError("The address is not allowed.", { advice: "Use https." }));
  const { user } = renderEdit("Contract sync to SAP", fake);
  await user.type(await secretBox(user), "x");
  await user.click(await here());
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("The address is not allowed."));
});
