/*
 * libyaml's reader (reader.c, yaml_parser_update_buffer) decodes the input character by character,
 * checks each, and copies it into the working buffer of the scanner, 16 kB at a time: a third of
 * the instructions of its event loop. doc_read has decoded and checked every character already
 * (utf8_survey), so what the reader would make is known: for UTF-8 the same bytes, and one NUL at
 * the end. This puts the whole text where the reader would have put it, piece by piece.
 *
 * yaml.h calls the members of yaml_parser_t internal. So only the version whose sources and binary
 * were looked at gets its buffer this way, any other is given an ordinary input string. In 0.2.5:
 *
 *   - scanner and parser touch buffer.pointer and unread and, for the event of the stream's start,
 *     encoding; everything else of the reader only the reader touches;
 *   - CACHE calls the reader if `unread` is less than what is asked for; with eof set and an empty
 *     raw buffer the reader then returns success and does nothing, as it does behind the end;
 *   - at the end the reader appends one NUL and counts it in `unread`; the scanner stops there,
 *     because a text holds no NUL itself, and writes nothing into the buffer;
 *   - yaml_parser_delete frees buffer.start and raw_buffer.start, nothing between.
 *
 * A text with a character that YAML forbids takes the ordinary way: the reader finds it up to
 * 16 kB before the scanner gets there, and says so first. tests/doc/yaml_whole_test.c compares
 * every event and every fault of both ways.
 */
#include "doc/yaml_whole.h"

static bool is_known_version(void)
{
    int major = 0;
    int minor = 0;
    int patch = 0;
    yaml_get_version(&major, &minor, &patch);
    return major == 0 && minor == 2 && patch == 5;
}

static int nothing_more(UNUSED void *data, UNUSED unsigned char *buffer, UNUSED size_t size,
                        size_t *size_read)
{
    *size_read = 0;
    return 1;
}

void yaml_whole_begin(struct yaml_whole *w, yaml_parser_t *parser, struct read_job *job)
{
    struct str text = str_sub(job->bytes, job->begin, job->bytes.n);
    *w = (struct yaml_whole){0};
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
    if (!job->survey.is_printable || !is_known_version()) {
        yaml_parser_set_input_string(parser, (const unsigned char *)str_bytes(text), text.n);
        return;
    }
    yaml_parser_set_input(parser, nothing_more, NULL);
    if (!job->source->has_nul || !text.p) {
        text = str_copy(job->scratch, text);
    }
    w->own = parser->buffer.start;
    union {
        const char *given;
        yaml_char_t *taken; /* the scanner only reads it */
    } bytes = {.given = text.p};
    parser->buffer.start = bytes.taken;
    parser->buffer.pointer = parser->buffer.start;
    parser->buffer.last = parser->buffer.start + text.n + 1;
    parser->buffer.end = parser->buffer.last;
    parser->unread = job->survey.points + 1;
    parser->eof = 1;
}

void yaml_whole_end(struct yaml_whole *w, yaml_parser_t *parser)
{
    if (w->own) {
        parser->buffer.start = w->own;
        w->own = NULL;
    }
}
