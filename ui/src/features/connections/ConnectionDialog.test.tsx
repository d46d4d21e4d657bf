import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { appError, FakeBackend, sessionVault } from "~/backend/fake";
import { expectAccessible, renderApp } from "../../../test/render-app";

async function openAdd(backend: FakeBackend) {
  const user = renderApp(backend);
  await user.click(await screen.findByRole("button", { name: "Add organisation" }));
  const dialog = await screen.findByRole("dialog", { name: "Add organisation" });
  return { user, dialog, within: within(dialog) };
}

test("an organisation that is added appears in the sidebar and is read", async () => {
  const backend = new FakeBackend();
  const { user, dialog, within: add } = await openAdd(backend);
  await expectAccessible(dialog);
  await user.type(add.getByRole("textbox", { name: "Name" }), "Halden Studio");
  await user.click(add.getByRole("radio", { name: "Staging" }));
  await user.type(add.getByRole("textbox", { name: "Client ID" }), "client_1");
  await user.type(add.getByLabelText("Client secret"), "s3cret");
  await user.click(add.getByRole("button", { name: "Add Halden Studio" }));

  const nav = await screen.findByRole("navigation", { name: "Organisations" });
  expect(await within(nav).findByText("Halden Studio")).toBeInTheDocument();
  expect(backend.argsOf("connection_add")[0]).toMatchObject({
    label: "Halden Studio",
    environment: "staging",
    baseUrl: "",
    readOnly: false,
    publicCredentials: { client_id: "client_1" },
    secretCredentials: { client_secret: { move: "replace", value: "s3cret" } },
  });
  await waitFor(() => expect(backend.argsOf("webhooks_refresh").at(-1)?.connections).toHaveLength(1));
});

test("what is missing is said at its field and the first one gets the focus", async () => {
  const { user, within: add } = await openAdd(new FakeBackend());
  await user.type(add.getByRole("textbox", { name: "Name" }), "Halden Studio");
  await user.click(add.getByRole("button", { name: "Add Halden Studio" }));

  expect(await add.findByText("Client ID is missing.")).toBeInTheDocument();
  expect(add.getByLabelText("Client secret")).toHaveAccessibleDescription(/Client secret is missing\./);
  expect(add.getByRole("textbox", { name: "Client ID" })).toHaveFocus();
});

test("a wrong base URL opens the part it stands in", async () => {
  const backend = new FakeBackend();
  const fields = [{ path: "base_url", message: "Enter an address that begins with https://." }];
  backend.fail("connection_add", appError("Wrong.", { kind: "validation", fields }));
  const { user, within: add } = await openAdd(backend);
  await user.click(add.getByRole("button", { name: "Add organisation" }));

  expect(await add.findByText("Enter an address that begins with https://.")).toBeInTheDocument();
  await waitFor(() => expect(add.getByRole("textbox", { name: "Base URL" })).toHaveFocus());
});

test("an error without a field stands in a banner with the vendor's words", async () => {
  const backend = new FakeBackend();
  const vendor = { code: "invalid_client", text: "client secret was revoked" };
  backend.fail("connection_add", appError("Butlr refused to sign in.", { kind: "unauthorised", vendor }));
  const { user, within: add } = await openAdd(backend);
  await user.click(add.getByRole("button", { name: "Add organisation" }));

  const alert = await add.findByRole("alert");
  expect(alert).toHaveTextContent("Butlr refused to sign in.");
  expect(alert).toHaveTextContent("client secret was revoked (invalid_client)");
});

test("a test shows its findings with their times", async () => {
  const { user, within: add } = await openAdd(new FakeBackend());
  await user.type(add.getByRole("textbox", { name: "Name" }), "X");
  await user.type(add.getByRole("textbox", { name: "Client ID" }), "client_1");
  await user.type(add.getByLabelText("Client secret"), "s3cret");
  await user.click(add.getByRole("button", { name: "Test connection" }));

  const lines = await add.findAllByRole("listitem");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toHaveTextContent(/Passed.*Sign in.*142 ms/);
  expect(await add.findByText(/Connected to/)).toBeInTheDocument();
});

test("a running test can be stopped", async () => {
  const backend = new FakeBackend();
  backend.hold("connection_test");
  const { user, within: add } = await openAdd(backend);
  await user.click(add.getByRole("button", { name: "Test connection" }));
  await user.click(await add.findByRole("button", { name: "Stop" }));

  expect(await add.findByText("The test was stopped.")).toBeInTheDocument();
});

test("a space around a secret is pointed out and can be removed", async () => {
  const { user, within: add } = await openAdd(new FakeBackend());
  const secret = add.getByLabelText("Client secret");
  await user.type(secret, "s3cret ");
  await user.click(add.getByRole("button", { name: "Remove it" }));

  expect(secret).toHaveValue("s3cret");
  expect(add.queryByText(/Begins or ends with a space/)).not.toBeInTheDocument();
});

test("a secret is hidden while it is typed, unless the user asks", async () => {
  const { user, within: add } = await openAdd(new FakeBackend());
  const secret = add.getByLabelText("Client secret");
  expect(secret).toHaveAttribute("type", "password");
  await user.click(add.getByRole("button", { name: "Show what is typed" }));
  expect(secret).toHaveAttribute("type", "text");
});

test("without a keyring the button says how long the organisation stays", async () => {
  const { within: add } = await openAdd(new FakeBackend({ vault: sessionVault }));
  expect(add.getByRole("button", { name: "Add for this session" })).toBeInTheDocument();
  expect(add.getByText("Secrets are kept in memory only")).toBeInTheDocument();
});

test("editing keeps the stored secret unless it is replaced", async () => {
  const backend = new FakeBackend();
  const user = renderApp(backend);
  await user.click(await screen.findByRole("button", { name: "Actions for Halden Lab" }));
  await user.click(await screen.findByRole("menuitem", { name: "Edit connection" }));
  const edit = within(await screen.findByRole("dialog", { name: "Edit connection" }));
  await user.clear(edit.getByRole("textbox", { name: "Name" }));
  await user.type(edit.getByRole("textbox", { name: "Name" }), "Lab");
  await user.click(edit.getByRole("button", { name: "Save connection" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(backend.argsOf("connection_edit")[0]?.input).toMatchObject({
    label: "Lab",
    secretCredentials: { client_secret: { move: "keep" } },
  });
});

test("removing names the organisation and takes it out of the list", async () => {
  const backend = new FakeBackend();
  const user = renderApp(backend);
  await user.click(await screen.findByRole("button", { name: "Actions for Halden Lab" }));
  await user.click(await screen.findByRole("menuitem", { name: "Remove" }));
  const dialog = await screen.findByRole("alertdialog", { name: "Remove organisation" });
  await expectAccessible(dialog);
  expect(within(dialog).getByRole("button", { name: "Cancel" })).toHaveFocus();
  expect(dialog).toHaveTextContent("Its webhooks at Butlr stay and keep running.");
  await user.click(within(dialog).getByRole("button", { name: "Remove Halden Lab" }));

  await waitFor(() => expect(screen.queryByText("Motion trial")).not.toBeInTheDocument());
  expect(backend.argsOf("connection_remove")).toEqual([{ connection: "c-lab" }]);
});

test("closing asks when something was entered, and stops a test that runs", async () => {
  const backend = new FakeBackend();
  const { user, within: add } = await openAdd(backend);
  await user.type(add.getByRole("textbox", { name: "Name" }), "Halden Studio");
  await user.type(add.getByRole("textbox", { name: "Client ID" }), "client_1");
  await user.type(add.getByLabelText("Client secret"), "s3cret");
  backend.hold("connection_test");
  await user.click(add.getByRole("button", { name: "Test connection" }));

  await user.keyboard("{Escape}");
  await user.click(await screen.findByRole("button", { name: "Keep editing" }));
  expect(add.getByRole("textbox", { name: "Name" })).toHaveValue("Halden Studio");
  expect(backend.argsOf("operation_cancel")).toEqual([]);

  await user.click(add.getByRole("button", { name: "Close" }));
  await user.click(await screen.findByRole("button", { name: "Discard" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  const [test] = backend.argsOf("connection_test");
  expect(backend.argsOf("operation_cancel")).toEqual([{ operation: test?.operation }]);
});

test("closing an untouched form asks nothing", async () => {
  const { user } = await openAdd(new FakeBackend());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
});

test("a part of a credential with options is chosen, and its default stands there already", async () => {
  const backend = new FakeBackend();
  const { user, dialog, within: add } = await openAdd(backend);
  await user.type(add.getByRole("textbox", { name: "Name" }), "Kite Nord");
  await user.click(add.getByRole("radio", { name: "Staging" }));
  await user.click(add.getByRole("radio", { name: /^Booqable/ }));
  expect(add.getByRole("textbox", { name: "Name" })).toHaveValue("Kite Nord");
  expect(add.getByRole("radio", { name: "Staging" })).toBeChecked();
  expect(add.getByRole("button", { name: /API path/ })).toHaveTextContent("api/4");
  await expectAccessible(dialog);

  await user.type(add.getByRole("textbox", { name: "Company slug" }), "kite-nord");
  expect(add.getByText("kite-nord.booqable.com")).toBeInTheDocument();
  await user.type(add.getByLabelText("Access token"), "s3cret");
  await user.click(add.getByRole("button", { name: /API path/ }));
  await user.click(await screen.findByRole("option", { name: /boomerang/ }));
  await user.click(add.getByRole("button", { name: "Add Kite Nord" }));
  await waitFor(() => expect(backend.argsOf("connection_add")).toHaveLength(1));
  expect(backend.argsOf("connection_add")[0]).toMatchObject({
    provider: "booqable",
    publicCredentials: { slug: "kite-nord", api: "boomerang" },
    secretCredentials: { access_token: { move: "replace", value: "s3cret" } },
  });
});

test("a provider with a token alone asks for nothing else", async () => {
  const { user, within: add } = await openAdd(new FakeBackend());
  await user.click(add.getByRole("radio", { name: /^epilot/ }));
  expect(add.getAllByRole("textbox")).toHaveLength(1);
  expect(add.getByLabelText("Access token")).toHaveAccessibleDescription(
    /The organisation comes from the token/,
  );
});
