/* ProcessPrng, which wheels for Windows ask for: Windows has it, older releases of Wine do not. */
#include <stddef.h>

__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *, unsigned long);

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *out, size_t n)
{
    while (n) {
        unsigned long part = n > 0x10000000 ? 0x10000000 : (unsigned long)n;
        SystemFunction036(out, part);
        out += part;
        n -= part;
    }
    return 1;
}
