import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { BackendProvider } from "~/app/backend-context";
import { appError, FakeBackend } from "~/backend/fake";
import { DeleteDialog } from "./DeleteDialog";
import { expectAccessible } from "../../../test/render-app";

/** Opens the dialog on webhooks whose titles match. */
async function open(titles: RegExp, fake = new FakeBackend({ connections: "six" })) {
  const seen = await fake.call("webhooks_last_seen", null);
  const rows = seen.flatMap((one) => one.rows).filter(({ title }) => titles.test(title));
  const picks = rows.map(({ connection, id }) => ({ connection, id }));
  const onDone = vi.fn();
  const user = userEvent.setup();
  render(
    <BackendProvider backend={fake}>
      <DeleteDialog
        picks={picks}
        rows={rows}
        connections={fake.connections}
        providers={fake.providers}
        onClose={vi.fn()}
        onDone={onDone}
      />
    </BackendProvider>,
  );
  await screen.findByRole("button", { name: /exact request/ });
  return { fake, picks, user, onDone };
}

it("says what a mark means and deletes only after its question is agreed to", async () => {
  const { fake, user, picks, onDone } = await open(/zapier/);
  const dialog = screen.getByRole("alertdialog");
  expect(within(dialog).getByRole("group", { name: "Webhooks to delete" })).toHaveTextContent(/Zapier$/);
  expect(within(dialog).getAllByText(/A Zap stops working without it/)).toHaveLength(1);
  await expectAccessible(dialog);
  await user.type(screen.getByRole("textbox"), "Kite & Paddle");
  const confirm = screen.getByRole("button", { name: "Delete 1 from Kite & Paddle" });
  expect(confirm).toBeDisabled();
  await user.click(screen.getByRole("checkbox", { name: /Delete it all the same/ }));
  await user.click(confirm);
  await waitFor(() => expect(onDone).toHaveBeenCalledWith(picks));
  expect(fake.argsOf("plan_apply")[0]?.acknowledged).toEqual([0]);
});

it("asks once for all that ask in the same words", async () => {
  const fake = new FakeBackend({ connections: "six" });
  for (const webhook of fake.webhooks.get("c-energy") ?? []) {
    if (webhook.marks?.length === 0)
      webhook.marks = [
        { kind: "managed", label: "Blueprint", words: "Made elsewhere.", asks: "beforeDelete" },
      ];
  }
  const { user, onDone } = await open(/New customer requests|Portal automation|Contract sync to SAP/, fake);
  expect(screen.getAllByRole("checkbox")).toHaveLength(2);
  await user.type(screen.getByRole("textbox"), "Auental Energie");
  const confirm = screen.getByRole("button", { name: "Delete 3 from Auental Energie" });
  await user.click(screen.getByRole("checkbox", { name: /New customer requests and Portal automation/ }));
  expect(confirm).toBeDisabled();
  await user.click(screen.getByRole("checkbox", { name: /Contract sync to SAP/ }));
  await user.click(confirm);
  await waitFor(() => expect(onDone).toHaveBeenCalled());
  expect([...(fake.argsOf("plan_apply")[0]?.acknowledged ?? [])].sort()).toEqual([0, 1, 2]);
});

it("leaves out an organisation that cannot be planned and goes on with the others", async () => {
  const fake = new FakeBackend({ connections: "six" });
  fake.fail("plan_make", appError("The token was refused."), { connection: "c-offices" });
  const { user, onDone } = await open(/^(Echo|Legacy counts)$/, fake);
  const alert = screen.getByRole("alert");
  expect(alert).toHaveTextContent(
    /Halden Offices.*is left out.*The token was refused\..*The others are not affected\./,
  );
  expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Delete 1 from Halden Lab" }));
  await waitFor(() => expect(onDone).toHaveBeenCalled());
  expect(onDone.mock.calls[0]?.[0]).toHaveLength(1);
  expect(fake.webhooks.get("c-offices")).toHaveLength(9);
});

it("names every production organisation where the name is typed", async () => {
  await open(/^(Legacy counts|Portal automation|relay\.kp.*)$/);
  const name = screen.getByRole("textbox", { name: "Type Halden Offices to confirm" });
  expect(name).toHaveAccessibleDescription("Auental Energie and Kite & Paddle are production too.");
  expect(screen.getByRole("button", { name: "Delete 3 from 3 organisations" })).toBeDisabled();
});
