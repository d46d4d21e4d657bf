//! Runs a request's command as a user would who copied it.
#![allow(dead_code, reason = "not every vendor's tests need all of it")]

use tacklebox_model::RequestPreview;

/// A name that a shell, a JSON writer and a careless template would each spoil.
pub const HOSTILE: &str = "it's $HOME \"x\" `id` \\n $(id) •••\nnext";

/// Runs the command in a shell that has these variables and nothing else of ours, and returns what it printed.
/// An answer that is no success fails the test.
pub async fn run(preview: &RequestPreview, variables: &[(&str, &str)]) -> String {
    let mut shell = std::process::Command::new("sh");
    // The last line of what is printed is the status.
    let command = format!("{} --silent --show-error --write-out '\\n%{{http_code}}'", preview.curl);
    shell.args(["-c", &command]).env_clear().env("HOME", "/a-home").envs(variables.iter().copied());
    shell.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    let output = tokio::task::spawn_blocking(move || shell.output()).await.unwrap().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command}: {errors}");
    let (body, status) = printed.rsplit_once('\n').unwrap();
    assert!(status.starts_with('2'), "{command}: {status} {body}");
    body.to_owned()
}

/// The names of the variables a command must be given.
pub fn to_set(preview: &RequestPreview) -> Vec<&str> {
    let (_, rest) = preview.curl.split_once("# Set ").unwrap();
    rest.split_once(" first.").unwrap().0.split(", ").collect()
}

/// A value as it stands inside a JSON string.
pub fn in_json(value: &str) -> String {
    let text = serde_json::Value::from(value).to_string();
    text[1..text.len() - 1].to_owned()
}
