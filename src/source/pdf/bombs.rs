//! Streams that inflate to more than the limit are found before the library unpacks them: it unpacks a stream as a whole.

use super::super::limits::MAX_INFLATED;
use flate2::read::ZlibDecoder;
use std::io::{BufReader, Read};

/// Streams packed twice or more are followed this deep.
const MAX_LAYERS: u32 = 3;

/// Whether what is packed in a file takes more memory than allowed, by our own count. An encrypted stream is no stream
/// that can be counted; the time limit is what holds there.
pub(super) fn inflates_too_much(bytes: &[u8]) -> bool {
    let mut left = MAX_INFLATED;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let rest = &bytes[at + 6..];
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let Some(data) = rest.strip_prefix(b"\n") else { continue };
        let dictionary = &bytes[at.saturating_sub(400)..at];
        let own = memchr::memmem::rfind(dictionary, b"obj").map_or(dictionary, |start| &dictionary[start..]);
        let used = if memchr::memmem::find(own, b"LZW").is_some() {
            lzw_len(data, left)
        } else if looks_packed(data) {
            inflated_len(Box::new(data), left, MAX_LAYERS)
        } else {
            continue;
        };
        left = left.saturating_sub(used);
        if left == 0 {
            return true;
        }
    }
    false
}

/// How many bytes a stream of deflate gives, and what is packed in those, counted up to `most`.
fn inflated_len<'a>(data: Box<dyn Read + 'a>, most: u64, layers: u32) -> u64 {
    let mut inflated = BufReader::with_capacity(64 * 1024, ZlibDecoder::new(data).take(most));
    let mut head = [0; 2];
    let Ok(()) = inflated.read_exact(&mut head) else { return 2 };
    if layers > 1 && looks_packed(&head) {
        return inflated_len(Box::new(std::io::Cursor::new(head).chain(inflated)), most, layers - 1);
    }
    let mut total = 2;
    let mut buffer = vec![0; 64 * 1024];
    // What a damaged stream gave before its fault counts too.
    while let Ok(n @ 1..) = inflated.read(&mut buffer) {
        total += n as u64;
    }
    total
}

fn looks_packed(data: &[u8]) -> bool {
    matches!(data, [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)).is_multiple_of(31))
}

/// How many bytes a stream of LZW gives, counted up to `most`: the table holds lengths instead of words.
fn lzw_len(data: &[u8], most: u64) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<u64> = vec![1; 258];
    let (mut bits, mut have, mut width, mut total, mut before) = (0u32, 0u32, 9u32, 0u64, None);
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        have += 8;
        while have >= width {
            have -= width;
            let code = (bits >> have) as usize & ((1 << width) - 1);
            match code {
                CLEAR => {
                    lengths.truncate(258);
                    width = 9;
                    before = None;
                    continue;
                }
                END => return total,
                _ => {}
            }
            let grown = before.map(|b: u64| b + 1);
            let Some(length) = lengths.get(code).copied().or(grown) else { return total };
            if let Some(grown) = grown
                && lengths.len() < 4096
            {
                lengths.push(grown);
            }
            total += length;
            if total >= most {
                return most;
            }
            before = Some(length);
            width = match lengths.len() + 1 {
                0..512 => 9,
                512..1024 => 10,
                1024..2048 => 11,
                _ => 12,
            };
        }
    }
    total
}
