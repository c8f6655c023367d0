// RTNeural behind three functions in C, for RtNeuralLibrary.cs: an LSTM or GRU and a dense layer of one output, of the
// sizes that are compared. tests/rtneural.sh compiles it, once for each of RTNeural's backends and each compiler.

#include <RTNeural/RTNeural.h>

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <vector>

namespace
{

using Matrix = std::vector<std::vector<float>>;

// Weights in PyTorch's layout: [gates * hidden, inputs], [gates * hidden, hidden], twice [gates * hidden], [1, hidden].
struct Weights
{
    const float* input;
    const float* recurrent;
    const float* inputBias;
    const float* recurrentBias;
    const float* dense;
    const float* denseBias;
};

// RTNeural wants a row for each input, and its gates may have another order.
Matrix Transposed(const float* rows, int columns, int hidden, std::initializer_list<int> gates)
{
    Matrix result(columns, std::vector<float>(gates.size() * hidden));
    int target = 0;
    for (int gate : gates)
        for (int unit = 0; unit < hidden; unit++, target++)
            for (int column = 0; column < columns; column++)
                result[column][target] = rows[(gate * hidden + unit) * columns + column];
    return result;
}

struct Model
{
    virtual ~Model() = default;
    virtual void Reset() = 0;
    virtual void Run(const float* features, int count, int* at, int calls, float* outputs) = 0;
};

template <int Inputs, int Hidden, typename Layer>
class ModelOf : public Model
{
public:
    Layer& Recurrent() { return network.template get<0>(); }

    void SetDense(const Weights& weights)
    {
        network.template get<1>().setWeights(Matrix { { weights.dense, weights.dense + Hidden } });
        float bias = *weights.denseBias;
        network.template get<1>().setBias(&bias);
    }

    void Reset() override { network.reset(); }

    void Run(const float* features, int count, int* at, int calls, float* outputs) override
    {
        alignas(64) float input[(Inputs + 15) / 16 * 16] = {};
        float sum = 0;
        for (int call = 0; call < calls; call++)
        {
            std::copy(features + *at, features + *at + Inputs, input);
            *at = *at + Inputs == count ? 0 : *at + Inputs;
            float output = network.forward(input);
            sum += output;
            if (outputs != nullptr)
                outputs[call] = output;
        }

        sink = sum;
    }

private:
    RTNeural::ModelT<float, Inputs, 1, Layer, RTNeural::DenseT<float, Hidden, 1>> network;
    volatile float sink = 0;
};

template <int Inputs, int Hidden>
Model* Lstm(const Weights& weights)
{
    // In PyTorch's order: input gate, forget gate, candidate, output gate.
    auto gates = { 0, 1, 2, 3 };
    auto* model = new ModelOf<Inputs, Hidden, RTNeural::LSTMLayerT<float, Inputs, Hidden>>();
    std::vector<float> bias(4 * Hidden);
    for (int i = 0; i < 4 * Hidden; i++)
        bias[i] = weights.inputBias[i] + weights.recurrentBias[i];
    model->Recurrent().setWVals(Transposed(weights.input, Inputs, Hidden, gates));
    model->Recurrent().setUVals(Transposed(weights.recurrent, Hidden, Hidden, gates));
    model->Recurrent().setBVals(bias);
    model->SetDense(weights);
    return model;
}

template <int Inputs, int Hidden>
Model* Gru(const Weights& weights)
{
    // PyTorch has the reset gate first, RTNeural the update gate.
    auto gates = { 1, 0, 2 };
    auto* model = new ModelOf<Inputs, Hidden, RTNeural::GRULayerT<float, Inputs, Hidden>>();
    model->Recurrent().setWVals(Transposed(weights.input, Inputs, Hidden, gates));
    model->Recurrent().setUVals(Transposed(weights.recurrent, Hidden, Hidden, gates));
    model->Recurrent().setBVals({ Transposed(weights.inputBias, 1, Hidden, gates)[0],
        Transposed(weights.recurrentBias, 1, Hidden, gates)[0] });
    model->SetDense(weights);
    return model;
}

struct Entry
{
    int inputs;
    int hidden;
    Model* (*lstm)(const Weights&);
    Model* (*gru)(const Weights&);
};

template <int Inputs, int Hidden>
constexpr Entry Of() { return { Inputs, Hidden, Lstm<Inputs, Hidden>, Gru<Inputs, Hidden> }; }

const Entry entries[] = {
    Of<1, 8>(), Of<1, 16>(), Of<1, 32>(), Of<1, 64>(), Of<16, 32>(), Of<64, 64>(), Of<128, 128>(),
};

}

#define EXPORT extern "C" __attribute__((visibility("default")))

// Null where this cell or size was not compiled.
EXPORT void* rtneural_open(const char* cell, int inputs, int hidden, const float* input, const float* recurrent,
    const float* inputBias, const float* recurrentBias, const float* dense, const float* denseBias)
{
    Weights weights { input, recurrent, inputBias, recurrentBias, dense, denseBias };
    for (const Entry& entry : entries)
    {
        if (entry.inputs != inputs || entry.hidden != hidden)
            continue;
        Model* model = !std::strcmp(cell, "lstm") ? entry.lstm(weights)
            : !std::strcmp(cell, "gru") ? entry.gru(weights)
            : nullptr;
        if (model != nullptr)
            model->Reset();
        return model;
    }

    return nullptr;
}

EXPORT void rtneural_run(void* model, const float* features, int count, int* at, int calls, float* outputs)
{
    static_cast<Model*>(model)->Run(features, count, at, calls, outputs);
}

EXPORT void rtneural_close(void* model) { delete static_cast<Model*>(model); }
