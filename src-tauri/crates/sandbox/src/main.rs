//! `tacklebox-sandbox [--port N] [--bulk N] [--delay-ms N]`: serves the simulators until Ctrl-C.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program talks on the terminal")]

use std::process::ExitCode;
use std::time::Duration;

use tacklebox_sandbox::{ButlrOrganisation, Sandbox, SandboxConfig};

const USAGE: &str = "\
usage: tacklebox-sandbox [--port N] [--bulk N] [--delay-ms N]
  --port N      TCP port on 127.0.0.1 (default: any free one)
  --bulk N      adds an organisation with N generated webhooks
  --delay-ms N  waits before every answer (default: TACKLEBOX_SANDBOX_DELAY_MS or 0)";

const CONTROL: &str = "  GET          organisations
  GET POST DEL faults       {\"target\":\"createWebhooks\",\"phase\":\"after_effect\",\"times\":1,\"action\":{\"kind\":\"drop\"}}
  GET DEL      log
  GET POST     clock        {\"advance_seconds\":1000}
  POST         reset
  GET POST     butlr/{org}/webhooks
  POST DEL     butlr/{org}/webhooks/{id}     a JSON merge patch
  POST         butlr/{org}/failing-fields    [\"sensors\"]
  POST         butlr/{org}/introspection     true or false
  POST         butlr/{org}/revoke-tokens
  GET POST     epilot/{org}/webhooks         a webhook as stored
  POST DEL     epilot/{org}/webhooks/{id}    a JSON merge patch
  POST         epilot/{org}/outcome          {\"kind\":\"answered\",\"status\":503}
  POST         epilot/{org}/revoke-tokens
  GET POST     booqable/{org}/webhook-endpoints
  POST DEL     booqable/{org}/webhook-endpoints/{id}   {\"url\":\"https://…\"}
  GET POST     booqable/{org}/settings       {\"read_only\":true}
  POST         booqable/{org}/revoke-token
  GET          booqable/{org}/rate";

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let config = match configure(&mut arguments) {
        Ok(config) => config,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let sandbox = match Sandbox::start(config).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    announce(&sandbox);
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot wait for Ctrl-C: {error}");
            ExitCode::FAILURE
        }
    }
}

fn configure(arguments: &mut impl Iterator<Item = String>) -> Result<SandboxConfig, String> {
    let mut config = SandboxConfig::default();
    if let Ok(delay) = std::env::var("TACKLEBOX_SANDBOX_DELAY_MS") {
        config.delay = Duration::from_millis(number("TACKLEBOX_SANDBOX_DELAY_MS", Some(delay))?);
    }
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--port" => config.port = number("--port", arguments.next())?,
            "--bulk" => {
                let count = number("--bulk", arguments.next())?;
                config.butlr.organisations.push(ButlrOrganisation::bulk(count));
            }
            "--delay-ms" => config.delay = Duration::from_millis(number("--delay-ms", arguments.next())?),
            unknown => return Err(format!("unknown argument {unknown}")),
        }
    }
    Ok(config)
}

fn number<T: std::str::FromStr>(name: &str, value: Option<String>) -> Result<T, String> {
    value.and_then(|value| value.parse().ok()).ok_or_else(|| format!("{name} needs a number"))
}

fn announce(sandbox: &Sandbox) {
    for organisation in sandbox.organisations() {
        println!("{}  {}", organisation.provider, organisation.base_url);
        println!("  {} ({}, {})", organisation.label, organisation.key, organisation.organisation_id);
        for (name, value) in &organisation.credential {
            println!("    {name:<14} {value}");
        }
    }
    println!("Control API  {}/__sandbox/", sandbox.url());
    println!("{CONTROL}");
    println!("Ctrl-C stops.");
}
