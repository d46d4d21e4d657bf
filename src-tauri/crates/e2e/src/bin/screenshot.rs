//! Opens the window, waits until it has settled, and writes what it shows.

use lexopt::{Arg, ValueExt};
use std::path::PathBuf;
use std::process::ExitCode;
use tacklebox_e2e::{DriveError, Launch, Window};

struct Wanted {
    launch: Launch,
    out: PathBuf,
    presses: Vec<String>,
    _profile: tempfile::TempDir,
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match arguments() {
        Ok(wanted) => take(wanted).await.map_err(|e| e.to_string()),
        Err(words) => Err(words),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "{words}");
            ExitCode::FAILURE
        }
    }
}

async fn take(wanted: Wanted) -> Result<(), DriveError> {
    let window = wanted.launch.open().await?;
    let taken = picture(&window, &wanted.presses, &wanted.out).await;
    window.close().await?;
    taken
}

async fn picture(window: &Window, presses: &[String], out: &std::path::Path) -> Result<(), DriveError> {
    window.settled().await?;
    for label in presses {
        window.press(label).await?;
        window.settled().await?;
    }
    window.picture(out).await
}

/// `--program FILE --out FILE [--size WxH] [--press LABEL]… -- ARGUMENTS OF THE PROGRAM`
fn arguments() -> Result<Wanted, String> {
    let profile = tempfile::tempdir().map_err(|e| e.to_string())?;
    let mut launch = Launch::of_profile(&profile.path().join("picture"));
    let mut out = None;
    let mut presses = Vec::new();
    let mut parser = lexopt::Parser::from_env();
    let wrong = |e: lexopt::Error| e.to_string();
    while let Some(argument) = parser.next().map_err(wrong)? {
        match argument {
            Arg::Long("program") => launch.program = PathBuf::from(parser.value().map_err(wrong)?),
            Arg::Long("out") => out = Some(PathBuf::from(parser.value().map_err(wrong)?)),
            Arg::Long("press") => presses.push(parser.value().and_then(|v| v.string()).map_err(wrong)?),
            Arg::Long("size") => {
                launch.size = parser.value().map_err(wrong)?.parse_with(size).map_err(wrong)?
            }
            Arg::Value(word) => launch.arguments.push(word.string().map_err(wrong)?),
            Arg::Long(_) | Arg::Short(_) => return Err(argument.unexpected().to_string()),
        }
    }
    let out = out.ok_or("--out is missing")?;
    launch.program = std::path::absolute(&launch.program).map_err(|e| e.to_string())?;
    Ok(Wanted { launch, out, presses, _profile: profile })
}

fn size(text: &str) -> Result<(u32, u32), &'static str> {
    let sides = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    sides.ok_or("a size is WIDTHxHEIGHT")
}
