namespace RnnGen.Benchmarks.Tests.Inspection;

/// <summary>What the JIT of .NET 10 has printed, shortened.</summary>
internal static class Listings
{
    /// <summary>A method that was compiled twice: one loop within another, whose test stands behind its body.</summary>
    public const string Nested =
        """
        ; Assembly listing for method Models.Lstm.Avx2Kernels:StepLstm(ptr,ptr) (Tier0)
        ; Emitting BLENDED_CODE for generic X64 + VEX on Unix
        ; Tier0 code
        ; rbp based frame

        G_M000_IG01:                ;; offset=0x0000
               push     rbp
               ret      

        ; Total bytes of code 2

        ; Assembly listing for method Models.Lstm.Avx2Kernels:StepLstm(ptr,ptr) (FullOpts)
        ; Emitting BLENDED_CODE for generic X64 + VEX on Unix
        ; FullOpts code
        ; rbp based frame

        G_M000_IG01:                ;; offset=0x0000
               push     rbp
               sub      rsp, 288
               lea      rbp, [rsp+0x130]
         
        G_M000_IG02:                ;; offset=0x0013
               xor      esi, esi
               vbroadcastss ymm6, dword ptr [reloc @RWD08]
               vmovups  ymmword ptr [rbp-0x130], ymm6
               jmp      G_M000_IG08
               align    [1 bytes for IG05]
         
        G_M000_IG03:                ;; offset=0x0093
               mov      r9d, esi
         
        G_M000_IG04:                ;; offset=0x0096
               xor      r11d, r11d
         
        G_M000_IG05:                ;; offset=0x00E0
               movsxd   rbx, r11d
               vbroadcastss ymm15, dword ptr [rcx+4*rbx]
               vfmadd231ps ymm7, ymm15, ymmword ptr [r9]
               add      r11d, 2
               add      r9, 256
               cmp      r11d, 64
               jl       SHORT G_M000_IG05
         
        G_M000_IG06:                ;; offset=0x0142
               vfmadd132ps ymm7, ymm6, ymmword ptr [rbp-0x130]
               call     [Models.Other:Method(ptr,int):this]
         
        G_M000_IG07:                ;; offset=0x0150
               inc      esi
               cmp      esi, 8
               vmovups  ymm5, ymmword ptr [rbp-0x130]
               jge      SHORT G_M000_IG10
         
        G_M000_IG08:                ;; offset=0x0507
               test     eax, eax
               je       G_M000_IG03
         
        G_M000_IG09:                ;; offset=0x050F
               mov      r9d, esi
               neg      r9d
               jmp      G_M000_IG04
         
        G_M000_IG10:                ;; offset=0x053D
               vzeroupper 
               pop      rbp
               ret      
         
        RWD00  	dd	C2B20000h		;       -89
        RWD04  	dd	00000000h, 00000000h
        	dd	00000000h

        ; Total bytes of code 1356

        """;

    /// <summary>Loops that a register counts, each in a way of its own.</summary>
    public static string Counting(string before, params string[] body) =>
        $"""
        ; Assembly listing for method Models.Counting:Run() (FullOpts)
        ; rsp based frame

        G_M000_IG01:                ;; offset=0x0000
               {before}
         
        G_M000_IG02:                ;; offset=0x0010
               {string.Join("\n       ", body)}
         
        G_M000_IG03:                ;; offset=0x0020
               ret      

        ; Total bytes of code 33

        """;
}
