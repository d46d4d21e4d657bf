//! A Tauri window with nothing in it but a word: what `./dev bench` measures the program against.

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .register_uri_scheme_protocol("bare", |_, _| {
            let page = b"<!doctype html><title>bare</title><p>bare</p>".to_vec();
            let mut response = tauri::http::Response::new(page);
            let html = tauri::http::HeaderValue::from_static("text/html");
            response.headers_mut().insert(tauri::http::header::CONTENT_TYPE, html);
            response
        })
        .setup(|app| {
            let page = tauri::WebviewUrl::CustomProtocol("bare://localhost/".parse()?);
            tauri::WebviewWindowBuilder::new(app, "main", page).inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
