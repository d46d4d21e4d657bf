import type { ComponentProps } from "react";
import type { FieldPath } from "~/bindings/FieldPath";
import { UrlField } from "~/components/editing";
import { userinfoOf } from "~/components/url-field/userinfo";
import { CredentialNote } from "../credentials/CredentialNote";
import { useUrlCredentialsHere } from "../credentials/use-url-credentials";

type Props = Omit<ComponentProps<typeof UrlField>, "onSettled" | "note"> & { path: FieldPath };

/** An address whose user name and password, once pasted, go where the form has a place for them. */
export function UrlControl({ path, ...field }: Props) {
  const credentials = useUrlCredentialsHere();
  const isWrong = field.errorMessage !== undefined && userinfoOf(field.value.base) !== null;
  return (
    <UrlField
      {...field}
      onSettled={() => credentials?.settle(path)}
      note={<CredentialNote path={path} isWrong={isWrong} />}
    />
  );
}
