/*
 * Recording the first fault of a reader, and naming what was found there.
 */
#include "doc/read.h"

#include "base/utf8.h"

enum { FOUND_BYTES = 24 };

static struct span clamped(const struct read_job *job, uint32_t begin, uint32_t end)
{
    uint32_t n = (uint32_t)job->bytes.n;
    if (end > n) {
        end = n;
    }
    if (begin > end) {
        begin = end;
    }
    return read_span(job, begin, end);
}

bool read_fail(struct read_job *job, enum diag_id id, uint32_t begin, uint32_t end,
               struct str message)
{
    if (!job->failed) {
        job->failed = true;
        job->fault = (struct read_fault){
            .id = id,
            .at = clamped(job, begin, end),
            .message = message,
            .other = SPAN_NONE,
            .reached = begin,
        };
    }
    return false;
}

bool read_fail_beside(struct read_job *job, uint32_t begin, uint32_t end, const char *text)
{
    job->fault.other = clamped(job, begin, end);
    job->fault.other_text = str_from(text);
    return false;
}

static bool is_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '+' || c == '-';
}

uint32_t read_found_size(const struct read_job *job, uint32_t at)
{
    if (at >= job->bytes.n) {
        return 0;
    }
    uint32_t n = 0;
    while (n < FOUND_BYTES && is_word(read_byte(job, at + n))) {
        n++;
    }
    return n ? n : utf8_next(job->bytes, at).n;
}

const char *read_found(const struct read_job *job, uint32_t at)
{
    struct utf8_point c = utf8_next(job->bytes, at);
    switch (c.n ? c.value : 0) {
    case 0:
        return c.n ? "a NUL byte" : "the end of the file";
    case '\t':
        return "a tab";
    case '\n':
    case '\r':
        return "the end of the line";
    case ' ':
        return "a space";
    case '\'':
        return "a single quote";
    default:
        break;
    }
    if (c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0) || c.value == UTF8_BAD) {
        return str_format(job->scratch, "the control character U+%04X", c.value).p;
    }
    struct str word = str_sub(job->bytes, at, at + read_found_size(job, at));
    return str_format(job->scratch, "'%.*s'", STR_ARG(word)).p;
}
