//! The stages one by one, for `benches/extract.rs`: what each costs is not to be seen from outside.

use super::{
    ExtractOptions, candidates, clean,
    dom::{self, Dom},
    frame, is_front_page, metadata, order, plain_text, refuse,
};
use crate::source::{Media, Page};
use std::hint::black_box;

/// Hands every stage of the extractor to `measure`, by name, ready to be run as often as wanted. What comes before a
/// stage is done once and does not count. A text without markup has but one stage, `plain_text`.
pub fn each(
    page: &Page,
    options: &ExtractOptions,
    measure: &mut dyn FnMut(&str, &mut dyn FnMut()),
) {
    if page.media == Media::Text {
        measure("plain_text", &mut || {
            let _ = black_box(plain_text::extract(page, options));
        });
        return;
    }
    measure("parse", &mut || {
        black_box(Dom::new(&dom::parse(&page.text)).len());
    });
    let tree = dom::parse(&page.text);
    let dom = Dom::new(&tree);
    measure("metadata", &mut || {
        black_box(metadata::read(&dom));
    });
    let meta = metadata::read(&dom);
    measure("candidates", &mut || {
        black_box(candidates(&dom, &meta, options, false));
    });
    let Some(found) = candidates(&dom, &meta, options, false) else {
        return;
    };
    let place = found.place();
    let empty = frame(&dom, &meta, &found, page, None);
    measure("clean", &mut || {
        let mut article = empty.clone();
        black_box(clean::read_body(
            &dom,
            &meta,
            &found.raw,
            &place,
            &mut article,
        ));
    });
    let mut article = empty.clone();
    let body = clean::read_body(&dom, &meta, &found.raw, &place, &mut article);
    measure("order", &mut || {
        let mut article = empty.clone();
        order(&dom, &meta, body.clone(), options, &mut article);
        black_box(article);
    });
    order(&dom, &meta, body.clone(), options, &mut article);
    let seen = Some((&article, found.region));
    measure("refuse", &mut || {
        black_box(refuse::judge(&dom, &meta, is_front_page(page), seen));
    });
}
