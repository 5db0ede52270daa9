/*
 * "Fn::Sub" (AWS CloudFormation User Guide): "variable names in Fn::Sub syntax must contain only
 * alphanumeric characters, underscores, periods, and colons".
 */
#include "cfn/sub_text.h"

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '_' || c == '.' || c == ':';
        if (!good) {
            return false;
        }
    }
    return s.n > 0;
}

bool cfn_sub_next(struct str text, size_t *at, struct cfn_sub_piece *out)
{
    size_t begin = *at;
    if (begin >= text.n) {
        return false;
    }
    size_t open = str_find(text, STR("${"), begin);
    size_t close = open == STR_NPOS ? STR_NPOS : str_find_byte(text, '}', open);
    if (close == STR_NPOS) {
        *out = (struct cfn_sub_piece){.text = str_sub(text, begin, text.n)};
        *at = text.n;
        return true;
    }
    if (text.p[open + 2] == '!') { /* "${!": the text up to "${", and on behind the mark */
        *out = (struct cfn_sub_piece){.text = str_sub(text, begin, open + 2)};
        *at = open + 3;
        return true;
    }
    if (open > begin) {
        *out = (struct cfn_sub_piece){.text = str_sub(text, begin, open)};
        *at = open;
        return true;
    }
    struct str name = str_trim(str_sub(text, open + 2, close));
    *out = (struct cfn_sub_piece){.is_variable = true, .text = name, .is_wrong = !is_name(name)};
    *at = close + 1;
    return true;
}
